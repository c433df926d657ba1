/** Messages only the helper inside Messages can send: effects, links, parts, stickers, polls, and files in its way. */
import { carryOut } from './carry-out.ts';
import type { Outcome, Way } from './carry-out.ts';
import { fileFacts } from './delivery-log.ts';
import { ImsgError, invalidParams } from './imsg-error.ts';
import type { Input, Selection } from './input.ts';
import { readTextFile } from './options.ts';
import { actionPlace, bridgeRef, placeForBridge, placeForScript } from './places.ts';
import { formattingKeys, replyKeys } from './send.ts';
import { atLeast } from './settings.ts';
import { trimmed } from './text-rules.ts';
import type { World } from './world.ts';

export const partKeys = ['part_index', 'partIndex'];
const effectKeys = ['effect_id', 'effectId', 'effect'];

export function overBridge(input: Input, selection: Selection): Way {
  return {
    via: input.via,
    transport: 'bridge',
    named: { to: selection.to, chatId: selection.chatId },
  };
}

export function sendRich(world: World, input: Input): Outcome {
  const chat = input.chat();
  const url = input.text(['url'], 'url');
  const given = input.text(['text', 'message'], 'text');
  const file = input.text(['file', 'path'], 'file');
  const effect = input.text(effectKeys, 'effect');
  const reply = input.text(replyKeys, 'reply-to');
  const subject = input.text(['subject'], 'subject');
  const formats = input.text([], 'format-file');
  input.ignore([...partKeys, ...formattingKeys, 'dd_scan', 'ddScan']);
  input.done();
  if (input.via === 'cli' && (given ?? file ?? url) === null)
    throw new ImsgError('Missing required option: --text');
  const also = [...(subject === null ? [] : [subject]), ...(formats === null ? [] : [readTextFile(formats)])];
  const kind = url !== null ? 'richlink' : effect !== null ? 'effect' : reply !== null ? 'reply' : 'text';
  const place = actionPlace(chat, world, input.via);
  const way = overBridge(input, chat);
  const what = { kind, text: url ?? given ?? '', ...(also.length > 0 ? { also } : {}) };
  let outcome: Outcome = {};
  if (file === null || given !== null)
    outcome = carryOut(world, place, way, effect === null ? what : { ...what, effect });
  if (file !== null) outcome = carryOut(world, place, way, { kind: 'file', file: fileFacts(file) });
  world.bridgeAnswers();
  return { ...outcome, more: { queued: false } };
}

export function sendMultipart(world: World, input: Input): Outcome {
  const chat = input.chat();
  const parts = input.parts() ?? [];
  const effect = input.text(effectKeys, 'effect');
  const subject = input.text(['subject'], 'subject');
  input.done();
  if (parts.length < 1 || parts.length > 20) throw invalidParams('parts');
  const place = actionPlace(chat, world, input.via);
  const outcome = carryOut(world, place, overBridge(input, chat), {
    kind: effect === null ? 'text' : 'effect',
    text: parts.map(({ text }) => text).join('\n'),
    ...(subject === null ? {} : { also: [subject] }),
    ...(effect === null ? {} : { effect }),
  });
  world.bridgeAnswers();
  return { ...outcome, more: { parts_count: parts.length } };
}

/** Over the helper, or on the command line in `auto` without it through AppleScript's `chat id`. */
export function sendAttachment(world: World, input: Input): Outcome {
  const chat = input.chat();
  const path = input.text(['file', 'path'], 'file');
  const transport = input.via === 'rpc' ? 'dylib' : (input.text([], 'transport') ?? 'auto');
  input.ignore(['audio', 'is_audio', 'as_voice', ...replyKeys, ...partKeys]);
  input.done();
  if (path === null || path === '') throw new ImsgError('Missing required option: --file');
  if (!['auto', 'dylib', 'applescript'].includes(transport))
    throw new ImsgError(`Invalid transport: ${transport}`);
  const file = fileFacts(path);
  if (file.sha256 === null) throw new ImsgError(`File not found: ${path}`);
  const ref = bridgeRef(chat, world);
  if (ref === null) throw new ImsgError('Missing required option: --chat');
  const way = overBridge(input, chat);
  if (transport === 'dylib') world.needBridge(input.via);
  if (transport !== 'applescript' && world.bridgeReady) {
    const place = placeForBridge(ref, world);
    if (place !== null) {
      const outcome = carryOut(world, place, way, { kind: 'file', file });
      world.bridgeAnswers();
      return outcome;
    }
    if (transport === 'dylib') throw new ImsgError(`Chat not found: ${ref}`);
  }
  const place = placeForScript(ref, world);
  if (place === null) throw new ImsgError(`AppleScript failed: Can’t get chat id "${ref}" (-1728)`);
  return carryOut(world, place, { ...way, transport: 'applescript' }, { kind: 'file', file });
}

export function sendSticker(world: World, input: Input): Outcome {
  const chat = input.chat();
  const path = input.text(['file'], 'file');
  input.ignore(['attach_to', ...partKeys]);
  input.done();
  if (path === null || path === '') throw new ImsgError('Missing required option: --file');
  const place = actionPlace(chat, world, input.via);
  const outcome = carryOut(world, place, overBridge(input, chat), { kind: 'sticker', file: fileFacts(path) });
  world.bridgeAnswers();
  return outcome;
}

/** Two messages: the poll and a plain caption, which says the comment or, without one, the question again. */
export function pollSend(world: World, input: Input): Outcome {
  const chat = pollChat(input);
  const question = trimmed(input.text(['question'], 'question') ?? '');
  const choices = (input.list(['options', 'option'], 'option') ?? []).map(trimmed).filter(Boolean);
  const comment = input.text(['comment'], 'comment');
  const silent = input.flag(['suppress_comment', 'suppressComment'], 'no-comment') === true;
  input.ignore(['creator_handle', 'creatorHandle', ...replyKeys]);
  input.done();
  if (question === '' || choices.length < 2) throw invalidParams('question and two options are needed');
  const place = actionPlace(chat, world, input.via);
  const way = overBridge(input, chat);
  const options = choices.map((text, index) => ({ id: `OPTION-${String(index + 1)}`, text }));
  const what = { kind: 'poll', text: question, also: choices };
  const outcome = carryOut(world, place, way, what, { poll: { options } });
  if (!silent) carryOut(world, outcome.place ?? place, way, { kind: 'text', text: comment ?? question });
  world.bridgeAnswers();
  return { ...outcome, more: { event: 'created', poll: { options } } };
}

const pollKeys = ['poll_guid', 'pollGuid', 'poll_message_guid', 'message_guid', 'message_id'];
const optionIdKeys = ['option_id', 'optionId', 'optionIdentifier'];

/** The poll must exist; that it belongs to the chat is not looked at. */
export function pollVote(kind: 'vote' | 'unvote'): (world: World, input: Input) => Outcome {
  return (world, input) => {
    const chat = pollChat(input);
    const guid = input.text(pollKeys, 'poll');
    const id = input.text(optionIdKeys, 'option-id');
    const index = input.whole(['option_index', 'optionIndex'], 'option-index');
    const word = input.list(['option'], 'option')?.at(-1);
    input.done();
    world.messages.refresh();
    const stored = world.messages.messages().find(({ message }) => message.guid === guid);
    const options = stored?.message.poll?.options ?? [];
    const option = options.find((each, at) => each.id === id || at + 1 === index || each.text === word);
    if (option === undefined) throw new ImsgError('Poll or option not found');
    const place = actionPlace(chat, world, input.via);
    const outcome = carryOut(world, place, overBridge(input, chat), { kind, text: option.text });
    world.bridgeAnswers();
    return { ...outcome, more: { event: kind, option_text: option.text } };
  };
}

/** On the command line a whole number in `--chat` is a row; `--chat-id` beats it. */
function pollChat(input: Input): Selection {
  const chat = input.chat();
  if (input.via === 'rpc' || chat.chatId !== null || !/^\+?\d+$/.test(chat.guid ?? '')) return chat;
  return { ...chat, chatId: Number(chat.guid), guid: null };
}

const reactionWords: Readonly<Record<string, string>> = {
  ...{ love: 'love', heart: 'love', '❤': 'love', '❤️': 'love' },
  ...{ like: 'like', thumbsup: 'like', '+1': 'like', '👍': 'like' },
  ...{ dislike: 'dislike', thumbsdown: 'dislike', '-1': 'dislike', '👎': 'dislike' },
  ...{ laugh: 'laugh', haha: 'laugh', lol: 'laugh', '😂': 'laugh', '🤣': 'laugh' },
  ...{
    emphasize: 'emphasize',
    emphasis: 'emphasize',
    '!!': 'emphasize',
    '‼': 'emphasize',
    '‼️': 'emphasize',
  },
  ...{ question: 'question', '?': 'question', '❓': 'question' },
};

/** @throws ImsgError for a word nobody knows; any emoji from 0.15 on, where it may come in a field of its own */
export function reactionOf(text: string, world: World): string {
  const word = text.toLowerCase();
  const removed = word.startsWith('remove-');
  const name = reactionWords[removed ? word.slice('remove-'.length) : word];
  if (name !== undefined) return removed ? `remove-${name}` : name;
  if (atLeast(world.settings, '0.15.0') && /\p{Extended_Pictographic}/u.test(text)) return text;
  throw invalidParams(`unknown reaction: ${text}`);
}
