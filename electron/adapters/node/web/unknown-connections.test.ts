import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bridgePath } from '../../../contract/bridge-frames.ts';
import { servedAppDouble } from '../../../contract/served-app.double.ts';
import { RunningServers } from './running-servers.fixture.ts';
import { answerTo, call, enter, pushOf, Tab } from './tab.double.ts';
import { maxUnknown, unknownLifeMs } from './unknown-connections.ts';
import type { WebServer } from './web-server.ts';

const page = { path: '/' };

let servers: RunningServers;
let server: WebServer;
let sockets: Socket[];

beforeEach(async () => {
  servers = new RunningServers();
  server = await servers.start(servedAppDouble());
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await servers.stop();
});

/** A connection that says this much and then holds still. */
async function dial(lines: readonly string[]): Promise<Socket> {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined).resume();
  await once(socket, 'connect');
  const own = new URL(server.origin).host;
  for (const line of lines) socket.write(`${line.replace('OWN', own)}\r\n`);
  return socket;
}

/** Not closed, as far as this side knows; the answer to one more request comes after what closed them. */
async function stillOpen(): Promise<number> {
  expect((await call(server.origin, page)).status).toBe(200);
  return sockets.filter(({ closed }) => !closed).length;
}

describe.each([
  ['say nothing', []],
  ['never finish their headers', ['GET / HTTP/1.1', 'Host: OWN']],
  [
    'never greet',
    [
      `GET ${bridgePath} HTTP/1.1`,
      'Host: OWN',
      'Origin: http://OWN',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      '',
    ],
  ],
])('connections that %s', (_case, lines) => {
  it('lock nobody out, however many they are', async () => {
    const open = await enter(server.origin, server.invite());
    for (let count = 0; count < maxUnknown + 16; count += 1) await dial(lines);

    expect(await stillOpen()).toBeLessThanOrEqual(maxUnknown);
    const late = await enter(server.origin, server.invite());
    await late.frame(pushOf('snapshot.changed'));
    const secret = await open.secret();
    expect(await new Tab(server.origin, { secret }).secret()).toBe(secret);
    expect(open.socket.readyState).toBe(open.socket.OPEN);
  });

  it('are hung up on in the end, while tabs stay', async () => {
    const tab = await enter(server.origin, server.invite());
    const idle = await dial(lines);
    expect(await stillOpen()).toBe(1);
    servers.timers.advance(unknownLifeMs - 1);
    expect(await stillOpen()).toBe(1);
    servers.timers.advance(1);
    if (!idle.closed) await once(idle, 'close');
    tab.send({ id: 1, command: 'snapshot.get' });
    await tab.frame(answerTo(1));
  });
});

it('a connection carries one request, and is then closed', async () => {
  const answer = await call(server.origin, page);
  expect(answer.headers.connection).toBe('close');
});

it('a socket that sends more than a greeting before it is let in is cut off', async () => {
  const tab = new Tab(server.origin, { secret: 'x'.repeat(3 * 1024 * 1024) });
  expect(await tab.closed).toBe(1006);
});

it('nothing is left waiting for a connection that is gone', async () => {
  const tab = await enter(server.origin, server.invite());
  await call(server.origin, page);
  const idle = await dial([]);
  await stillOpen();
  idle.destroy();
  await expect.poll(() => servers.timers.armed).toBe(0);
  tab.socket.terminate();
});
