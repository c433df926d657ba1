/** What the adapters do with a real gateway: one for all, which each suite finds and leaves as it was started. */
import { afterAll, beforeAll } from 'vitest';
import { ensureOpenClaw } from '../../../../build/demo/openclaw-install.ts';
import { startThrowawayGateway, type ThrowawayGateway } from '../../../../build/demo/throwaway-gateway.ts';
import { peopleSuite } from '../approved-contacts/people.suite.ts';
import { allowedInConfig } from '../approved-contacts/people-on-gateway.fixture.ts';
import { guardSetupSuite } from '../guard-setup/guard-setup.suite.ts';
import { connectionSuite } from './connection.suite.ts';
import { setupCodeSuite } from './setup-code.suite.ts';

let gateway: ThrowawayGateway;
const shared = (): ThrowawayGateway => gateway;

beforeAll(async () => {
  gateway = await startThrowawayGateway({
    openclaw: await ensureOpenClaw(),
    config: { channels: { imessage: { allowFrom: allowedInConfig } } },
  });
});

afterAll(async () => {
  await gateway.stop();
});

connectionSuite(shared);
peopleSuite(shared);
guardSetupSuite(shared);
// Last: it changes the gateway's config for good.
setupCodeSuite(shared);
