/** The ways a gateway cannot be reached: each is explained, none approves anything, and each ends by itself or by the owner. */
import {
  send,
  sendChallenge,
  startFrameServer,
  startMuteServer,
  type ServerDouble,
} from '../../electron/adapters/node/gateway/server.double.ts';
import { withOwnSetup } from '../fixtures/own-gateway-setup.ts';
import { expect, test } from '../fixtures/test.ts';

function portOf({ url }: ServerDouble): number {
  return Number(new URL(url).port);
}

test('a wrong token is explained, and the right one connects and is gone from the page', async ({
  gateway,
  operator,
  place,
  startApp,
}) => {
  const setup = await withOwnSetup(place, { port: gateway.port, token: 'not-the-token-of-this-gateway' });
  const { window } = await startApp(setup);
  await expect(window.page.getByText('The token was not accepted')).toBeVisible();
  await expect(window.header).toContainText('Needs your attention');
  expect(await operator.sendersWaiting()).toEqual([]);

  const field = window.page.getByLabel('Gateway token');
  await field.fill(gateway.token);
  await window.page.getByRole('button', { name: 'Connect' }).click();
  await window.expectConnected();
  await expect(field).toHaveCount(0);
});

test('a gateway that is not running is waited for, and connected to when it starts', async ({
  gateway,
  startApp,
}) => {
  await gateway.halt();
  const { window } = await startApp();
  await expect(window.page.getByText('The gateway is not running')).toBeVisible();
  await expect(window.page.getByText('openclaw gateway run')).toBeVisible();
  await gateway.start();
  await window.expectConnected();
});

test('a gateway that accepts and then says nothing is said to give no answer', async ({
  place,
  startApp,
}) => {
  const mute = await startMuteServer();
  try {
    const setup = await withOwnSetup(place, { port: portOf(mute), token: 'a-token-for-nobody' });
    const { window } = await startApp(setup);
    await expect(window.page.getByText('The gateway does not answer')).toBeVisible();
    await expect(window.page.getByRole('article')).toHaveCount(0);
  } finally {
    await mute.stop();
  }
});

test('a gateway of an older protocol is said to be too old', async ({ place, startApp }) => {
  const old = await startFrameServer({
    greet: sendChallenge,
    answer: (socket, { id }) => {
      const details = { code: 'PROTOCOL_MISMATCH', expectedProtocol: 3 };
      const error = { code: 'INVALID_REQUEST', message: 'protocol mismatch', details };
      send(socket, { type: 'res', id, ok: false, error });
      socket.close(1002);
    },
  });
  try {
    const setup = await withOwnSetup(place, { port: portOf(old), token: 'a-token-for-nobody' });
    const { window } = await startApp(setup);
    await expect(window.page.getByText('The gateway is too old')).toBeVisible();
    await expect(window.page.getByText('Update OpenClaw, then try again.')).toBeVisible();
  } finally {
    await old.stop();
  }
});
