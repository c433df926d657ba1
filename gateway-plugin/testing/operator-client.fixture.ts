/** A bare operator connection for tests against a real gateway: connect, call, wait for events. */
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { z } from 'zod';

/** Longer than any hold. */
const answerDeadlineMs = 600_000;

const frame = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('event'), event: z.string(), payload: z.unknown() }),
  z.looseObject({
    type: z.literal('res'),
    id: z.string(),
    ok: z.boolean(),
    payload: z.unknown().optional(),
    error: z
      .looseObject({ code: z.string(), message: z.string(), details: z.unknown().optional() })
      .optional(),
  }),
]);

export interface GatewayEventSeen {
  readonly event: string;
  readonly payload: unknown;
}

export type CallOutcome =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly details?: unknown;
    };

export interface TwoAnswers {
  readonly accepted: Promise<CallOutcome>;
  readonly ended: Promise<CallOutcome>;
}

export interface OperatorClient {
  readonly events: readonly GatewayEventSeen[];
  call(method: string, params?: object): Promise<CallOutcome>;
  /** For methods that answer twice: `accepted` at once, and when what they started has ended. */
  callToEnd(method: string, params: object): TwoAnswers;
  close(): void;
  /** As when the app is killed: the socket is gone without a word. */
  kill(): void;
}

export const allScopes = [
  'operator.read',
  'operator.write',
  'operator.admin',
  'operator.approvals',
  'operator.pairing',
] as const;

/** @throws when the gateway refuses the connection */
export async function connectOperator(
  url: string,
  token: string,
  scopes: readonly string[] = allScopes,
): Promise<OperatorClient> {
  const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 32 * 1024 * 1024 });
  const events: GatewayEventSeen[] = [];
  const waiting = new Map<string, (outcome: CallOutcome) => void>();
  const challenged = Promise.withResolvers<undefined>();

  const answerTo = (id: string, method: string): Promise<CallOutcome> => {
    const { promise, resolve } = Promise.withResolvers<CallOutcome>();
    const timer = setTimeout(() => {
      resolve({ ok: false, code: 'TIMEOUT', message: `${method} was not answered.` });
    }, answerDeadlineMs);
    waiting.set(id, (outcome) => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(outcome);
    });
    return promise;
  };
  const callToEnd = (method: string, params: object): TwoAnswers => {
    const id = randomUUID();
    const accepted = answerTo(id, method);
    // Before the second answer can come in: it would find nobody waiting.
    const ended = accepted.then((outcome) => (outcome.ok ? answerTo(id, method) : outcome));
    socket.send(JSON.stringify({ type: 'req', id, method, params }));
    return { accepted, ended };
  };
  const call = (method: string, params: object = {}): Promise<CallOutcome> => {
    const id = randomUUID();
    const answer = answerTo(id, method);
    socket.send(JSON.stringify({ type: 'req', id, method, params }));
    return answer;
  };

  socket.on('message', (data: Buffer) => {
    const read = frame.parse(JSON.parse(data.toString('utf8')));
    if (read.type === 'event') {
      if (read.event === 'connect.challenge') challenged.resolve(undefined);
      else events.push({ event: read.event, payload: read.payload });
    } else if (read.ok) waiting.get(read.id)?.({ ok: true, payload: read.payload });
    else {
      const { code = '', message = '', details } = read.error ?? {};
      waiting.get(read.id)?.({
        ok: false,
        code,
        message,
        ...(details === undefined ? {} : { details }),
      });
    }
  });
  socket.on('error', (error) => {
    challenged.reject(error);
  });
  socket.on('close', () => {
    challenged.reject(new Error('The gateway closed the connection.'));
    for (const end of [...waiting.values()])
      end({ ok: false, code: 'CLOSED', message: 'The connection closed.' });
  });

  await challenged.promise;
  const hello = await call('connect', {
    minProtocol: 4,
    maxProtocol: 4,
    client: {
      id: 'cli',
      displayName: `guard test ${randomUUID()}`,
      version: '0.1.0',
      platform: process.platform,
      mode: 'cli',
    },
    role: 'operator',
    scopes,
    caps: [],
    auth: { token },
  });
  if (!hello.ok) throw new Error(`${hello.code}: ${hello.message}`);
  return {
    events,
    call,
    callToEnd,
    close: () => {
      socket.close();
    },
    kill: () => {
      socket.terminate();
    },
  };
}
