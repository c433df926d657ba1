/** Writes down what was stopped, for the owner to read. */
import { randomUUID } from 'node:crypto';
import { keptTextMax } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import type { Send } from '../../electron/contract/guard/send.ts';
import { sha256 } from '../store/sha256.ts';
import type { OutgoingFiles } from './outgoing-files.ts';
import type { Place } from './places.ts';
import type { SendRequest } from './send-request.ts';

export interface Stopped {
  readonly request: SendRequest;
  readonly send: Send;
  readonly places: readonly Place[];
  readonly files: OutgoingFiles;
  readonly rule: string;
  readonly contacted: boolean | null;
  /** The process that asked. */
  readonly askedBy: string | null;
  readonly at: number;
}

export function stoppedEntry({ request, send, places, files, ...facts }: Stopped): BlockedSend {
  const { shown, action } = request;
  return {
    version: 1,
    id: randomUUID(),
    layer: 'imsg-guard',
    state: 'refused',
    channel: send.channel,
    account: send.account,
    action: action.slice(0, 64),
    targets: places.slice(0, 100).map(({ target, names }) => ({
      to: target.to.slice(0, 1000),
      key: names[0] ?? null,
      people: target.people.slice(0, 200).map((person) => person.slice(0, 400)),
    })),
    text: shown.slice(0, keptTextMax),
    textComplete: shown.length <= keptTextMax,
    // A text can be sent again by the app as it is shown; anything else only as it was tried.
    textSha256: action === 'text' ? sha256(shown) : send.textSha256,
    media: request.files.slice(0, 50).map((file) => file.slice(0, 2000)),
    files: files.stopped.slice(0, 50),
    ...(send.secrets.length > 0 ? { secrets: [...send.secrets] } : {}),
    cause: { agentId: null, sessionKey: null, runId: null, process: facts.askedBy?.slice(0, 400) ?? null },
    rule: facts.rule,
    contacted: facts.contacted,
    createdAt: facts.at,
    lastAt: facts.at,
    attempts: 1,
    until: null,
    holder: null,
  };
}
