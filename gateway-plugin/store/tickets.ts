/**
 * Hand-off from the gateway plugin to the transport guard. What the plugin let through by the owner's answer, or as a
 * reply, reaches the transport seconds later, formatted and perhaps in pieces; a ticket lets exactly that pass.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { GuardFiles } from './guard-files.ts';
import { createOnce, readText } from './private-file.ts';
import { endOfNextPart, formattedCore } from './ticket-text.ts';

/** The transport sees a message right after the plugin; uploads and a busy gateway need some room. */
export const ticketLifeMs = 120_000;

const ticketFile = z.strictObject({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const ticketSchema = z.strictObject({
  channel: z.string(),
  account: z.string().nullable(),
  /** Canonical addresses this may go to: the one written and the people known behind it. */
  keys: z.array(z.string()),
  /** A message: its whole text alone. An action: every text it shows. */
  texts: z.array(z.string()),
  /** The only imsg commands and methods this is for, once; null: a plain message. */
  actions: z.array(z.string()).nullable(),
  /** Each may go along once, by this name and with these bytes. */
  files: z.array(ticketFile),
  expiresAt: z.int(),
});
export type Ticket = Readonly<z.infer<typeof ticketSchema>>;
export type TicketFile = Readonly<z.infer<typeof ticketFile>>;

export interface TransportSend {
  readonly channel: string;
  readonly account: string | null;
  /** For every place this goes to, the addresses it is known by; one of each must be on the ticket. */
  readonly targets: readonly (readonly string[])[];
  readonly action: string;
  /** Every text it shows. */
  readonly texts: readonly string[];
  /** As they are now; null: at least one of them could not be read. */
  readonly files: readonly TicketFile[] | null;
}

/** What carries a plain message out: text, files, or a file with its caption after it. */
const messageActions: ReadonlySet<string> = new Set(['text', 'send', 'send-attachment', 'send.attachment']);
/** Their only text is one word of a closed list, and OpenClaw chooses it from an emoji. */
const reactionActions: ReadonlySet<string> = new Set(['tapback']);
const reactionWords = /^(?:remove-)?(?:love|like|dislike|laugh|emphasize|emphasis|question)$/u;

export function issueTicket(files: GuardFiles, ticket: Ticket, now: number): void {
  dropExpired(files, now);
  createOnce(join(files.tickets, `${randomUUID()}.json`), JSON.stringify(ticket));
}

/** Uses a matching ticket, or the next part of one. Each part of a text, each file and each action passes once. */
export function useTicket(files: GuardFiles, send: TransportSend, now: number): boolean {
  return list(files).some(({ name, ticket }) => {
    if (!covers(ticket, send, now)) return false;
    const claim = join(files.claims, `ticket-${name}`);
    return ticket.actions === null ? useMessage(claim, ticket, send) : useAction(claim, ticket, send);
  });
}

function covers(ticket: Ticket, send: TransportSend, now: number): boolean {
  return (
    ticket.expiresAt > now &&
    ticket.channel === send.channel &&
    (ticket.account === null || send.account === null || ticket.account === send.account) &&
    send.targets.length > 0 &&
    send.targets.every((names) => names.some((name) => ticket.keys.includes(name)))
  );
}

function useAction(claim: string, ticket: Ticket, send: TransportSend): boolean {
  if (ticket.actions?.includes(send.action) !== true) return false;
  const known = new Set(ticket.texts.map(formattedCore));
  const shown = send.texts.every(
    (text) =>
      known.has(formattedCore(text)) || (reactionActions.has(send.action) && reactionWords.test(text)),
  );
  return shown && freeFiles(claim, ticket, send.files) !== null && createOnce(`${claim}.action`, '');
}

function useMessage(claim: string, ticket: Ticket, send: TransportSend): boolean {
  if (!messageActions.has(send.action)) return false;
  const part = formattedCore(send.texts.join('\n'));
  const files = freeFiles(claim, ticket, send.files);
  if (files === null || (part === '' && files.length === 0)) return false;
  const text = part === '' ? null : nextPart(claim, formattedCore(ticket.texts.join('\n')), part);
  if (part !== '' && text === null) return false;
  // Whoever is first with any of these names takes it; what is claimed beside it then stays unused.
  return (
    (text === null || createOnce(`${claim}.text-${String(text.at)}`, String(text.end))) &&
    files.every((index) => createOnce(`${claim}.file-${String(index)}`, ''))
  );
}

/** Where the parts that left already end, and where this one would. */
function nextPart(claim: string, whole: string, part: string): { at: number; end: number } | null {
  let at = 0;
  for (let said = readText(`${claim}.text-${String(at)}`); said !== null;) {
    const end = Number(said);
    if (!Number.isSafeInteger(end) || end <= at) return null; // being claimed this moment
    at = end;
    said = readText(`${claim}.text-${String(at)}`);
  }
  const end = endOfNextPart(whole, at, part);
  return end === null ? null : { at, end };
}

/** @returns for each file the place on the ticket that is still free; null when one has none */
function freeFiles(
  claim: string,
  ticket: Ticket,
  files: readonly TicketFile[] | null,
): readonly number[] | null {
  if (files === null) return null;
  const taken: number[] = [];
  for (const file of files) {
    const index = ticket.files.findIndex(
      (known, at) =>
        !taken.includes(at) &&
        known.sha256 === file.sha256 &&
        isSameName(known.name, file.name) &&
        readText(`${claim}.file-${String(at)}`) === null,
    );
    if (index < 0) return null;
    taken.push(index);
  }
  return taken;
}

/** OpenClaw keeps a file it sends under `name---uuid.type`, or under the id alone. */
const stagedId = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const stagedName = new RegExp(`^(.+)---${stagedId}(\\.[^.]+)?$`, 'u');
const unnamed = new RegExp(`^${stagedId}(?:\\.[^.]+)?$`, 'u');

function isSameName(known: string, sent: string): boolean {
  const name = basename(sent);
  if (unnamed.test(name)) return true;
  const staged = stagedName.exec(name);
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}.]+/gu, '_');
  const wanted = plain(basename(known));
  return (
    plain(name) === wanted || (staged !== null && plain(`${staged[1] ?? ''}${staged[2] ?? ''}`) === wanted)
  );
}

function list(files: GuardFiles): readonly { readonly name: string; readonly ticket: Ticket }[] {
  mkdirSync(files.tickets, { recursive: true, mode: 0o700 });
  return readdirSync(files.tickets).flatMap((name) => {
    try {
      const text = readText(join(files.tickets, name));
      return text === null ? [] : [{ name, ticket: ticketSchema.parse(JSON.parse(text)) }];
    } catch {
      return []; // not understood: lets nothing through
    }
  });
}

function dropExpired(files: GuardFiles, now: number): void {
  for (const { name, ticket } of list(files)) {
    if (ticket.expiresAt > now) continue;
    rmSync(join(files.tickets, name), { force: true });
    for (const claim of readdirSync(ensure(files.claims))) {
      if (claim.startsWith(`ticket-${name}.`)) rmSync(join(files.claims, claim), { force: true });
    }
  }
}

function ensure(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
