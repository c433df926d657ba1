/** The way without Portcullis: look the code up and approve it, with the `openclaw` command. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ThrowawayGateway } from '../demo/throwaway-gateway.ts';
import { operatorConnects, strangerWrites } from '../demo/visitors.ts';
import { pendingOf } from './chat-answers.ts';
import { approverScopes } from './device-answers.ts';

const run = promisify(execFile);
/** Each takes seconds. */
const runs = 3;

const pairingList = z.object({ requests: z.array(z.object({ id: z.string(), code: z.string() })) });

/** @returns milliseconds for both commands together, without a person's time to read and type */
export async function benchCommandLine(gateway: ThrowawayGateway): Promise<readonly number[]> {
  const client = await operatorConnects(gateway, approverScopes, () => undefined);
  const took: number[] = [];
  for (let attempt = 0; attempt < runs; attempt += 1) {
    const sender = `+155512500${String(attempt).padStart(2, '0')}`;
    await strangerWrites(gateway, sender, 'Hello?');
    await pendingOf(client, sender);
    const startedAt = performance.now();
    const listed = await openclaw(gateway, ['pairing', 'list', 'imessage', '--json']);
    const { requests } = pairingList.parse(JSON.parse(listed.slice(listed.indexOf('{'))));
    const code = requests.find(({ id }) => id === sender)?.code;
    if (code === undefined) throw new Error(`openclaw pairing list does not know ${sender}.`);
    await openclaw(gateway, ['pairing', 'approve', 'imessage', code]);
    took.push(performance.now() - startedAt);
  }
  await client.stopAndWait();
  return took;
}

async function openclaw(gateway: ThrowawayGateway, args: readonly string[]): Promise<string> {
  const { stdout } = await run('openclaw', [...args], { env: gateway.env, timeout: 120_000 });
  return stdout;
}
