/**
 * Hand-off from the gateway plugin to the transport guard. What the plugin let through by the owner's answer, or as a
 * reply, reaches the transport seconds later, reformatted and perhaps in pieces; a ticket lets exactly that pass.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { GuardFiles } from './guard-files.ts';
import { createOnce, readText } from './private-file.ts';

/** The transport sees a message right after the plugin; uploads and a busy gateway need some room. */
export const ticketLifeMs = 120_000;

const ticketSchema = z.strictObject({
  channel: z.string(),
  account: z.string().nullable(),
  /** Canonical addresses this may go to: the one written and the people known behind it. */
  keys: z.array(z.string()),
  /** The letters of the text; null when any text may pass (a reply). */
  letters: z.string().nullable(),
  /** The only imsg commands and methods this is for, once; null: a message, held to its `letters`. */
  actions: z.array(z.string()).nullable(),
  /** Files that may go along. */
  media: z.int().nonnegative(),
  expiresAt: z.int(),
});
export type Ticket = Readonly<z.infer<typeof ticketSchema>>;

export interface TransportSend {
  readonly channel: string;
  readonly account: string | null;
  /** For every place this goes to, the addresses it is known by; one of each must be on the ticket. */
  readonly targets: readonly (readonly string[])[];
  readonly action: string;
  readonly text: string;
  readonly media: number;
}

/** What formatting, tables and chunking leave of a text: its letters and digits, in order. */
export function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{So}]/gu, '');
}

export function issueTicket(files: GuardFiles, ticket: Ticket, now: number): void {
  dropExpired(files, now);
  createOnce(join(files.tickets, `${randomUUID()}.json`), JSON.stringify(ticket));
}

/** Uses a matching ticket, or a part of one. Each part of a text and each file passes once. */
export function useTicket(files: GuardFiles, send: TransportSend, now: number): boolean {
  return list(files).some(({ name, ticket }) => {
    if (!covers(ticket, send, now)) return false;
    const claim = join(files.claims, `ticket-${name}`);
    if (ticket.actions !== null)
      return ticket.actions.includes(send.action) && createOnce(`${claim}.action`, '');
    if (ticket.letters === null) return true;
    return usePart(claim, ticket.letters, ticket.media, send);
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

function usePart(claim: string, letters: string, media: number, send: TransportSend): boolean {
  const part = lettersOf(send.text);
  if (send.media > media) return false;
  if (part === '' && send.media === 0) return false;
  const filesFree =
    send.media === 0 ||
    Array.from({ length: media }, (_, index) => index).some((index) =>
      createOnce(`${claim}.file-${String(index)}`, ''),
    );
  return filesFree && (part === '' || useText(claim, letters, part));
}

function useText(claim: string, letters: string, part: string): boolean {
  for (let at = letters.indexOf(part); at >= 0; at = letters.indexOf(part, at + part.length)) {
    if (createOnce(`${claim}.text-${String(at)}`, '')) return true;
  }
  return false;
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
