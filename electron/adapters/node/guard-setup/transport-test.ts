/** Tries to send through an installed transport guard, both ways OpenClaw uses, to an address that cannot exist. */
import { spawn } from 'node:child_process';
import { z } from 'zod';
import { selfTestAddress } from '../../../contract/guard/self-test.ts';

const deadlineMs = 20_000;
const mostOutput = 1_000_000;
const text = 'Portcullis self-test';
const requestId = 1;

/** Only the guard says this; an imsg that fails to deliver does not. */
const stoppedBy = z.looseObject({ stopped_by: z.literal('portcullis') });
const refusedCommand = stoppedBy.extend({ success: z.literal(false) });
const refusedCall = z.looseObject({ id: z.literal(requestId), error: z.looseObject({ data: stoppedBy }) });

/** @returns whether the guard stopped the message on the command line and in its long-running mode */
export async function stopsSelfTest(cliPath: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const send = ['send', '--to', selfTestAddress, '--text', text, '--json'];
  const command = await firstAnswer(cliPath, send, env, { input: null, read: answered });
  if (!refusedCommand.safeParse(command).success) return false;
  const call = { jsonrpc: '2.0', id: requestId, method: 'send', params: { to: selfTestAddress, text } };
  const input = `${JSON.stringify(call)}\n`;
  const answer = await firstAnswer(cliPath, ['rpc', '--json'], env, { input, read: answeredCall });
  return refusedCall.safeParse(answer).success;
}

function answered(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function answeredCall(line: string): unknown {
  const value = answered(line);
  return z.looseObject({ id: z.literal(requestId) }).safeParse(value).success ? value : null;
}

interface Conversation {
  readonly input: string | null;
  /** Null: not the answer yet. */
  readonly read: (line: string) => unknown;
}

/** Null when it ends, or takes too long, without one. */
async function firstAnswer(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { input, read }: Conversation,
): Promise<unknown> {
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => {
      resolve();
    });
    child.once('close', () => {
      resolve();
    });
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  let output = '';
  let answer: unknown = null;
  child.stdin.on('error', () => undefined);
  if (input === null) child.stdin.end();
  else child.stdin.write(input);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    const lines = output.split('\n');
    output = lines.pop() ?? '';
    answer ??= lines.map(read).find((value) => value !== null) ?? null;
    // The end of its input ends the guard and the imsg behind it.
    if (answer !== null) child.stdin.end();
    if (output.length > mostOutput) child.kill('SIGKILL');
  });
  await ended;
  clearTimeout(timer);
  return answer;
}
