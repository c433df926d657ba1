import { afterEach, describe, expect, it, vi } from 'vitest';
import type {
  ConnectOptions,
  GatewayCredential,
  GatewayFailure,
  GatewayListener,
  GatewaySession,
  Logger,
} from '../../../core/ports.ts';
import { createOfficialGateway } from './official-gateway.ts';
import {
  helloOk,
  send,
  sendChallenge,
  startFrameServer,
  startMuteServer,
  type FrameScript,
  type ServerDouble,
} from './server.double.ts';

const SHORT_DEADLINE_MS = 400;
const logged: string[] = [];
const logger: Logger = {
  log: (...line) => {
    logged.push(JSON.stringify(line));
  },
};
const gateway = createOfficialGateway({ logger, appVersion: '0.1.0', connectDeadlineMs: SHORT_DEADLINE_MS });
const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  logged.length = 0;
});

async function serve(script: FrameScript): Promise<ServerDouble> {
  const server = await startFrameServer(script);
  cleanUps.push(() => server.stop());
  return server;
}

/** Challenges, and greets whatever comes. */
const friendly: FrameScript = {
  greet: sendChallenge,
  answer: (socket, { id, method }) => {
    if (method === 'connect') send(socket, { type: 'res', id, ok: true, payload: helloOk });
  },
};

function options(url: string, credential: GatewayCredential = { kind: 'none' }): ConnectOptions {
  return {
    address: { url, tlsFingerprint: null, remote: false, id: '0000000000000000' },
    identity: gateway.createIdentity(),
    credential,
    role: 'operator',
    scopes: ['operator.read'],
    displayName: 'Portcullis test',
  };
}

class ListenerDouble implements GatewayListener {
  readonly heard: unknown[] = [];
  readonly ended = Promise.withResolvers<GatewayFailure>();
  event(event: unknown): void {
    this.heard.push(event);
  }
  gap(): void {
    this.heard.push('gap');
  }
  closed(failure: GatewayFailure): void {
    this.ended.resolve(failure);
  }
}

async function open(url: string, listener = new ListenerDouble()): Promise<GatewaySession> {
  const outcome = await gateway.connect(options(url), listener);
  if (!outcome.ok) throw new Error(`Not connected: ${outcome.error.code}`);
  cleanUps.push(() => outcome.value.close());
  return outcome.value;
}

async function refusal(url: string, credential?: GatewayCredential): Promise<GatewayFailure> {
  const outcome = await gateway.connect(options(url, credential), new ListenerDouble());
  if (outcome.ok) throw new Error('Connected, but should not have.');
  return outcome.error;
}

function answering(error: object, closeCode: number): FrameScript {
  return {
    greet: sendChallenge,
    answer: (socket, { id }) => {
      send(socket, { type: 'res', id, ok: false, error });
      socket.close(closeCode);
    },
  };
}

describe('a connect that fails', () => {
  it('is NO_ANSWER when a server accepts and says nothing', async () => {
    const server = await startMuteServer();
    cleanUps.push(() => server.stop());
    expect(await refusal(server.url)).toMatchObject({ code: 'NO_ANSWER', retryable: true });
  });

  it('is NO_ANSWER when a WebSocket opens and no challenge comes', async () => {
    const { url } = await serve({});
    expect(await refusal(url)).toMatchObject({ code: 'NO_ANSWER' });
  });

  it('is NO_ANSWER when only garbage comes', async () => {
    const { url } = await serve({
      greet: (socket) => {
        for (const garbage of ['', '}{', 'null', '[1]', '"x"', '{"type":"event"}', '\u0000'])
          socket.send(garbage);
        socket.send(Buffer.from([0xff, 0xfe, 0x00]));
      },
    });
    expect(await refusal(url)).toMatchObject({ code: 'NO_ANSWER' });
  });

  it('is BAD_ANSWER when the greeting is not one we know', async () => {
    const { url } = await serve({
      greet: sendChallenge,
      answer: (socket, { id }) => {
        send(socket, { type: 'res', id, ok: true, payload: { ...helloOk, features: 'all of them' } });
      },
    });
    expect(await refusal(url)).toMatchObject({ code: 'BAD_ANSWER' });
  });

  it('is UNREACHABLE with the cause when nobody listens', async () => {
    const server = await startMuteServer();
    await server.stop();
    expect(await refusal(server.url)).toMatchObject({ code: 'UNREACHABLE', detail: 'ECONNREFUSED' });
  });

  it.each([3, 5])(
    'tells a gateway that speaks protocol %i from an older or newer one',
    async (expectedProtocol) => {
      const details = { code: 'PROTOCOL_MISMATCH', expectedProtocol };
      const { url } = await serve(
        answering({ code: 'INVALID_REQUEST', message: 'protocol mismatch', details }, 1002),
      );
      const detail = expectedProtocol < 4 ? 'PROTOCOL_OLDER' : 'PROTOCOL_NEWER';
      expect(await refusal(url)).toMatchObject({ code: 'INVALID_REQUEST', detail });
    },
  );

  it('carries the delay a starting gateway asks for', async () => {
    const starting = {
      code: 'UNAVAILABLE',
      message: 'gateway starting; retry shortly',
      retryable: true,
      retryAfterMs: 700,
      details: { reason: 'startup-sidecars' },
    };
    const { url } = await serve(answering(starting, 1013));
    expect(await refusal(url)).toMatchObject({ code: 'UNAVAILABLE', retryable: true, retryAfterMs: 700 });
  });

  it('carries the close code when the server only hangs up', async () => {
    const { url } = await serve({
      greet: (socket) => {
        socket.close(1013, 'busy');
      },
    });
    expect(await refusal(url)).toMatchObject({ code: 'CONNECTION_LOST', closeCode: 1013 });
  });

  it('bounds what the gateway says', async () => {
    const { url } = await serve(answering({ code: 'INVALID_REQUEST', message: 'x'.repeat(5_000) }, 1008));
    expect((await refusal(url)).message).toHaveLength(300);
  });

  it('refuses to send a token over a plain connection to another machine', async () => {
    const started = await refusal('ws://203.0.113.7:18789', {
      kind: 'shared-token',
      token: 'secret-of-test',
    });
    expect(started.code).toBe('UNREACHABLE');
  });

  it('never logs the credential, even when a server echoes it', async () => {
    const token = 'secret-of-test';
    const { url } = await serve(answering({ code: 'INVALID_REQUEST', message: `bad token ${token}` }, 1008));
    await refusal(url, { kind: 'shared-token', token });
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('\n')).not.toContain(token);
  });
});

describe('an open session', () => {
  it('answers requests, and their failures are values', async () => {
    const { url } = await serve({
      greet: sendChallenge,
      answer: (socket, { id, method }) => {
        if (method === 'connect') send(socket, { type: 'res', id, ok: true, payload: helloOk });
        if (method === 'good') send(socket, { type: 'res', id, ok: true, payload: { n: 1 } });
        if (method === 'bad') {
          const details = { code: 'MISSING_SCOPE' };
          send(socket, { type: 'res', id, ok: false, error: { code: 'FORBIDDEN', message: 'no', details } });
        }
      },
    });
    const session = await open(url);
    expect(session.hello).toEqual({
      serverVersion: '2026.9.6',
      bootId: 'boot',
      methods: new Set(['health']),
      scopes: ['operator.read'],
      authMethod: 'token',
      deviceToken: 'issued',
    });
    expect(await session.request('good', {})).toEqual({ ok: true, value: { n: 1 } });
    expect(await session.request('bad', {})).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN', detail: 'MISSING_SCOPE' },
    });
    expect(await session.request('silent', {}, 50)).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } });
  });

  it('passes events on, says when some were lost, and survives garbage between them', async () => {
    const sockets: Parameters<NonNullable<FrameScript['greet']>>[0][] = [];
    const { url } = await serve({
      ...friendly,
      greet: (socket) => {
        sockets.push(socket);
        sendChallenge(socket);
      },
    });
    const listener = new ListenerDouble();
    await open(url, listener);
    const socket = sockets[0];
    if (socket === undefined) throw new Error('Nobody connected.');
    send(socket, { type: 'event', event: 'first', payload: 1, seq: 1 });
    socket.send('}{');
    send(socket, { type: 'unheard-of' });
    send(socket, { type: 'event', event: 'third', payload: 3, seq: 3 });
    await vi.waitFor(() => {
      expect(listener.heard).toEqual([{ name: 'first', payload: 1 }, 'gap', { name: 'third', payload: 3 }]);
    });
  });

  it('ends at a frame that is too large, with the requests under way answered', async () => {
    const { url } = await serve({
      greet: sendChallenge,
      answer: (socket, { id, method }) => {
        if (method === 'connect') send(socket, { type: 'res', id, ok: true, payload: helloOk });
        else socket.send('x'.repeat(26_214_401));
      },
    });
    const listener = new ListenerDouble();
    const session = await open(url, listener);
    expect(await session.request('flood', {})).toMatchObject({
      ok: false,
      error: { code: 'CONNECTION_LOST' },
    });
    expect(await listener.ended.promise).toMatchObject({ code: 'CONNECTION_LOST', retryable: true });
    expect(await session.request('after', {})).toMatchObject({
      ok: false,
      error: { code: 'CONNECTION_LOST' },
    });
  });

  it('tells once when the gateway hangs up, with the close code', async () => {
    const { url } = await serve({
      greet: sendChallenge,
      answer: (socket, { id, method }) => {
        if (method === 'connect') send(socket, { type: 'res', id, ok: true, payload: helloOk });
        else socket.close(4001, 'device removed');
      },
    });
    const listener = new ListenerDouble();
    const session = await open(url, listener);
    await session.request('anything', {});
    expect(await listener.ended.promise).toMatchObject({ code: 'CONNECTION_LOST', closeCode: 4001 });
  });

  it('does not tell when we hang up ourselves', async () => {
    const { url } = await serve(friendly);
    const listener = new ListenerDouble();
    const closed = vi.spyOn(listener, 'closed');
    const session = await open(url, listener);
    await session.close();
    await session.close();
    expect(closed).not.toHaveBeenCalled();
  });
});
