/** The command gate counts as soon as the plugin was put into a gateway that runs, without a restart. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import { allowing, startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import { connectOperator } from './testing/operator-client.fixture.ts';
import { nextStranger, openclaw } from './testing/ways-out.fixture.ts';

describe('a plugin that was just installed', () => {
  it(
    'stops the openclaw command before the gateway is started anew',
    async () => {
      const guarded = await startGuardedGateway({
        plugin: false,
        strict: false,
        holdSeconds: 6,
        allowFrom: [],
      });
      try {
        guarded.setPolicy((policy) => ({ ...policy, region: 'US', accounts: [allowing([])] }));
        const { configPath, url, token } = guarded.gateway;
        const config = JSON.parse(await readFile(configPath, 'utf8')) as object;
        const plugins = {
          load: { paths: [guarded.plugin] },
          entries: { imessage: { enabled: true }, 'portcullis-guard': { enabled: true } },
        };
        await writeFile(configPath, JSON.stringify({ ...config, plugins }, null, 2));
        const operator = await connectOperator(url, token);
        await waitUntil(
          'The plugin in the gateway',
          async () => ((await operator.call('portcullis-guard.status')).ok ? true : undefined),
          turnDeadline,
        );
        operator.close();
        const to = nextStranger();
        const ran = await openclaw(
          guarded,
          'message',
          'send',
          '--channel',
          'imessage',
          '-t',
          to,
          '-m',
          'secret',
        );
        expect(ran).toMatchObject({
          code: 1,
          output: expect.stringContaining('Portcullis send guard') as string,
        });
        expect(await guarded.reachedImsg([to])).toEqual([]);
        expect(guarded.stoppedFor(to)).toMatchObject([{ layer: 'command' }]);
      } finally {
        await guarded.stop();
      }
    },
    turnDeadline,
  );
});
