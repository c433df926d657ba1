/**
 * The gate in the process of an `openclaw message …` command, which sends by itself and asks no hook: it is decided
 * once, before anything else is loaded, and there is nobody to wait for.
 */
import type { StoppedFile } from '../../electron/contract/guard/blocked-send.ts';
import { strictest } from '../../electron/contract/guard/decide.ts';
import type { Decision } from '../../electron/contract/guard/decide.ts';
import type { Send } from '../../electron/contract/guard/send.ts';
import { reasonOf } from '../imsg-guard/refusal-texts.ts';
import { channelsOfCall, anyChannel } from '../plugin/call-channels.ts';
import { handOver, judge } from '../plugin/outgoing.ts';
import type { JudgeParts } from '../plugin/outgoing.ts';
import { contentHash } from '../plugin/outgoing-files.ts';
import { toEntry } from '../plugin/stopped-entry.ts';
import type { Outgoing } from '../plugin/stopped-entry.ts';
import { isHarmless, readSend } from '../plugin/tool-send.ts';
import { claimOnce, sendOfAllowance } from '../store/claims.ts';
import { addToSpool, removeSpooled } from '../store/spool.ts';
import { commandFiles } from './command-files.ts';
import { mayNameFile, namesFile } from './media-lines.ts';
import { readMessageCommand } from './message-command.ts';
import type { MessageCommand, MessageOptions } from './message-command.ts';

export interface GateParts extends JudgeParts {
  /** The process that asked, for the owner; null when unknown. */
  readonly askedBy: () => string | null;
  /** Something the owner's log should know; never a message text. */
  readonly warn: (line: string) => void;
}

interface Asked {
  readonly outgoing: Outgoing;
  readonly files: readonly StoppedFile[];
  readonly send: Send;
  readonly decision: Decision;
}

/** @returns why the command must end here; null: it may go on */
export function gateCommand(parts: GateParts, argv: readonly string[]): string | null {
  const command = readMessageCommand(argv);
  const asked = outgoings(parts, command, argv).map((outgoing): Asked => {
    const files = commandFiles(outgoing.files);
    return { outgoing, files, ...judge(parts, outgoing, contentHash(outgoing.content, files)) };
  });
  if (asked.every(({ decision }) => decision.verdict === 'allow') && useUp(parts, asked, isTrial(command)))
    return null;
  for (const one of asked) if (one.decision.verdict !== 'allow') writeDown(parts, one);
  return refusal(strictest(asked.map(({ decision }) => decision)));
}

/** One for every recipient that is written to by itself. */
function outgoings(parts: GateParts, command: MessageCommand, argv: readonly string[]): readonly Outgoing[] {
  const cause = { agentId: null, sessionKey: null, runId: null, process: parts.askedBy() };
  if (command.kind === 'other' || (command.kind === 'action' && isHarmless(command.action))) return [];
  if (command.kind === 'not-understood' || hidesFile(paramsOf(command.action, command.options))) {
    const text = argv.slice(2).join(' ');
    const nothing = { account: null, to: [''], texts: [text], files: [], transportActions: null };
    return [{ ...nothing, channels: [anyChannel], action: 'message', text, content: text, cause }];
  }
  const { action, options } = command;
  const said = paramsOf(action, options);
  const read = readSend(action, said);
  const isText =
    isDelivery(action) && options['presentation'] === undefined && options['delivery'] === undefined;
  const outgoing: Outgoing = {
    ...read,
    channels: channelsOfCall(read.channel, null, parts.facts().channels),
    action: isText ? 'text' : action,
    content: isText ? read.text : JSON.stringify([action, said]),
    // Nobody is written to who is not named, but something may be changed that others see.
    to: read.to.length === 0 ? [''] : read.to,
    cause,
  };
  return isDelivery(action) ? outgoing.to.map((to) => ({ ...outgoing, to: [to] })) : [outgoing];
}

/** What it says would leave as a file, or might. */
function hidesFile({ message, presentation, delivery }: MessageOptions): boolean {
  return (
    (typeof message === 'string' && namesFile(message)) ||
    [presentation, delivery].some((json) => typeof json === 'string' && mayNameFile(json))
  );
}

/** As OpenClaw hands them on: the account by its other name, and line breaks that were spelt out for what they are. */
function paramsOf(action: string, { account, message, ...others }: MessageOptions): MessageOptions {
  const said = Object.fromEntries(Object.entries(others).filter(([name]) => !aboutOutput.has(name)));
  const unescapes = isDelivery(action) && typeof message === 'string';
  return {
    ...said,
    ...(account === undefined ? {} : { accountId: account }),
    ...(message === undefined
      ? {}
      : { message: unescapes ? message.replaceAll(String.raw`\n`, '\n') : message }),
  };
}

/** Say how the command reports, and nothing about what leaves. */
const aboutOutput: ReadonlySet<string> = new Set(['json', 'verbose']);

function isDelivery(action: string): boolean {
  return action === 'send' || action === 'broadcast';
}

/** Nothing leaves by it, so nothing that lets out once is spent on it. */
function isTrial(command: MessageCommand): boolean {
  return command.kind === 'action' && command.options['dryRun'] === true;
}

/**
 * All of it or none: nothing is handed over for a command that ends here.
 * @returns false when the one time it was allowed is over, or is not meant for a trial
 */
function useUp(parts: GateParts, asked: readonly Asked[], trial: boolean): boolean {
  const once = asked.flatMap(({ decision: { because } }) =>
    because.rule === 'one-time' ? [because.id] : [],
  );
  if (trial) return once.length === 0;
  // Twice in one command is once too often.
  if (new Set(once).size < once.length || !once.every((id) => claimOnce(parts.files, id))) return false;
  for (const id of once) removeSpooled(parts.files, sendOfAllowance(id));
  for (const { outgoing, files, send, decision } of asked) {
    const { rule } = decision.because;
    if (rule === 'one-time' || rule === 'reply') handOver(parts, outgoing, send, files);
  }
  return true;
}

function writeDown(parts: GateParts, { outgoing, files, send, decision }: Asked): void {
  if (decision.because.rule === 'self-test') return;
  try {
    addToSpool(parts.files, { ...toEntry(parts, outgoing, send, decision, files), layer: 'command' });
  } catch (error: unknown) {
    const why = error instanceof Error ? error.message.slice(0, 300) : 'unknown error';
    parts.warn(`a refused message could not be written down: ${why}`);
  }
}

function refusal(decision: Decision): string {
  const reason =
    decision.because.rule === 'channel'
      ? 'It cannot be told on which channel this would leave; name it with --channel. The owner is asked.'
      : reasonOf(decision);
  return `Message stopped by the Portcullis send guard. ${reason} Do not try again.`;
}
