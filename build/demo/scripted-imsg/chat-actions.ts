/** What is done to a chat or to a message in it: reactions, edits, names, members, receipts, typing. */
import { carryOut } from './carry-out.ts';
import type { Outcome, Way } from './carry-out.ts';
import { fileFacts } from './delivery-log.ts';
import type { Delivery } from './delivery-log.ts';
import { ImsgError, invalidParams } from './imsg-error.ts';
import { nothingSelected } from './input.ts';
import type { Input } from './input.ts';
import { actionPlace, isReachable, looseChat, personOf, placeForBridge, placeOfChat } from './places.ts';
import type { Place } from './places.ts';
import { overBridge, partKeys, reactionOf } from './rich-actions.ts';
import { atLeast } from './settings.ts';
import { commaList, trimmed } from './text-rules.ts';
import type { World } from './world.ts';

type Action = (world: World, input: Input) => Outcome;
type What = Pick<Delivery, 'kind' | 'text' | 'also' | 'file'>;

const messageKeys = ['message_id', 'messageId', 'message_guid', 'messageGuid', 'message'];
const newTextKeys = ['text', 'new_text', 'newText', 'edited_message'];
const oldDeviceKeys = [
  'backwards_compatibility_message',
  'backwardsCompatibilityMessage',
  'bc_text',
  'bcText',
];

/** An action on a chat that shows to everybody in it, and perhaps to somebody else as well. */
function inChat(read: (input: Input, world: World) => What & { readonly reached?: string }): Action {
  return (world, input) => {
    const chat = input.chat();
    const { reached, ...what } = read(input, world);
    input.done();
    const place = actionPlace(chat, world, input.via);
    const person = reached === undefined ? [] : [personOf(reached, world.settings)];
    const recipients = [...new Set([...place.recipients, ...person])];
    const stored = what.kind === 'reaction' ? { is_reaction: true, reaction_type: what.text } : {};
    const outcome = carryOut(world, { ...place, recipients }, overBridge(input, chat), what, stored);
    world.bridgeAnswers();
    return outcome;
  };
}

export const tapback = inChat((input, world) => {
  neededMessage(input);
  input.ignore(partKeys);
  const emoji = atLeast(world.settings, '0.15.0') ? input.text([], 'emoji') : null;
  const given = input.text(['reaction', 'kind', 'emoji'], 'kind') ?? emoji ?? '';
  const reaction = reactionOf(given, world);
  const remove = input.flag(['remove'], 'remove') === true && !reaction.startsWith('remove-');
  return { kind: 'reaction', text: remove ? `remove-${reaction}` : reaction };
});

export const edit = inChat((input) => {
  neededMessage(input);
  input.ignore(partKeys);
  const text = input.text(newTextKeys, 'new-text');
  const old = input.text(oldDeviceKeys, 'bc-text');
  if (text === null) throw invalidParams('text is needed');
  return { kind: 'edit', text, ...(old === null || old === text ? {} : { also: [old] }) };
});

/** Others see the message vanish, or a nudge about it. */
export const onMessage = (kind: 'unsend' | 'notify'): Action =>
  inChat((input) => {
    neededMessage(input);
    input.ignore(partKeys);
    return { kind };
  });

export const rename = inChat((input) => ({ kind: 'rename', text: input.text(['name'], 'name') ?? '' }));

export const setIcon = inChat((input) => {
  const path = input.text(['file'], 'file');
  return path === null ? { kind: 'icon' } : { kind: 'icon', file: fileFacts(path) };
});

export const member = (kind: 'add' | 'remove'): Action =>
  inChat((input) => {
    const reached = input.text(['address'], 'address');
    if (reached === null || reached === '') throw new ImsgError('Missing required option: --address');
    return { kind, reached };
  });

/** Own name, photo, contact card or background, shown to all in the chat. */
export const toAll = (kind: 'leave' | 'share' | 'background' | 'read'): Action =>
  inChat((input) => {
    input.ignore(['file']);
    return { kind };
  });

/** The command marks as read unless it is told otherwise; a receipt is seen, a mark of one's own is not. */
export function chatMark(world: World, input: Input): Outcome {
  const read = input.flag([], 'read') === true;
  const unread = input.flag([], 'unread') === true;
  if (read && unread) throw new ImsgError('Use either --read or --unread');
  return unread ? unseen(world, input) : toAll('read')(world, input);
}

/** Local to this Mac: nobody else notices. */
export function unseen(world: World, input: Input): Outcome {
  const chat = input.chat();
  input.ignore([...messageKeys, ...partKeys]);
  input.done();
  return { place: actionPlace(chat, world, input.via) };
}

/** Over the older search, which may find a group for a person. */
function loosely(kind: 'typing' | 'read', ignored: readonly string[]): Action {
  return (world, input) => {
    const target = input.selection();
    const service = kind === 'typing' ? (input.text(['service'], 'service') ?? 'imessage') : 'imessage';
    input.ignore(ignored);
    input.done();
    if (!/^(?:imessage|sms|auto)$/iu.test(service)) throw new ImsgError(`Invalid service: ${service}`);
    const place = loosePlace(target, world);
    if (place === null) throw new ImsgError('Typing indicator failed: chat not found');
    const named = { to: target.to, chatId: target.chatId };
    return carryOut(world, place, { via: input.via, transport: 'bridge', named }, { kind });
  };
}

export const typing = loosely('typing', ['typing', 'stop', 'duration']);
export const read = loosely('read', []);

function loosePlace(target: ReturnType<Input['selection']>, world: World): Place | null {
  const { messages, settings } = world;
  messages.refresh();
  const row = target.chatId === null ? null : world.chatOfRow(target.chatId).guid;
  const ref = target.to ?? row ?? target.guid ?? target.identifier;
  if (ref === null) throw invalidParams('to is needed');
  const chat = looseChat(ref, messages);
  return chat === null ? placeForBridge(ref, world) : placeOfChat(chat, settings);
}

/** Addresses go to Messages as they are written. With a text it is a message, with a name a named group. */
export function chatCreate(world: World, input: Input): Outcome {
  const listed = input.list(['addresses'], 'addresses') ?? [];
  const addresses = input.via === 'cli' ? listed.flatMap(commaList) : listed.map(trimmed);
  const service = input.text(['service'], 'service') ?? 'iMessage';
  const name = input.text(['name'], 'name') ?? '';
  const text = input.text(['text'], 'text') ?? '';
  input.done();
  if (!/^imessage$/iu.test(service)) throw new ImsgError(`Invalid service: ${service}`);
  const people = addresses.map((address) => personOf(address, world.settings));
  const recipients = people.filter(isReachable);
  const incomplete = recipients.length < people.length && atLeast(world.settings, '0.15.0');
  if (recipients.length === 0 || incomplete) throw invalidParams('addresses are needed');
  world.needBridge(input.via);
  const guid =
    recipients.length === 1 ? `iMessage;-;${recipients[0] ?? ''}` : `iMessage;+;chat${String(Date.now())}`;
  const place: Place = { recipients, service: 'iMessage', chat: null, guid };
  const way: Way = overBridge(input, nothingSelected);
  let outcome: Outcome = { place };
  if (text !== '' || name !== '') carryOut(world, place, way, { kind: 'create', text: name });
  if (text !== '') outcome = carryOut(world, place, way, { kind: 'text', text });
  world.bridgeAnswers();
  return outcome;
}

/**
 * Drives the window of Messages. Up to 0.14 it types the chat's display name into the search field and reacts in the
 * first chat found, whichever that is; a line feed in the name is the Return key, and the rest of it a message.
 */
export function react(world: World, input: Input): Outcome {
  const { chatId } = input.chat();
  const reaction = reactionOf(input.text([], 'reaction') ?? '', world);
  if (chatId === null) throw new ImsgError('Missing required option: --chat-id');
  const chat = world.chatOfRow(chatId);
  const way: Way = { via: 'cli', transport: 'window', named: { to: null, chatId } };
  const [typed = '', ...rest] = (chat.name ?? chat.identifier).split('\n');
  const byName = !atLeast(world.settings, '0.15.0');
  const found = world.messages
    .chats()
    .find(({ name, identifier }) => (name ?? identifier).toLowerCase().includes(typed.toLowerCase()));
  const place = placeOfChat(byName ? (found ?? chat) : chat, world.settings);
  if (byName) for (const text of rest) if (text !== '') carryOut(world, place, way, { kind: 'text', text });
  return carryOut(world, place, way, { kind: 'reaction', text: reaction }, { is_reaction: true });
}

function neededMessage(input: Input): void {
  if ((input.text(messageKeys, 'message') ?? '') === '') throw invalidParams('message is needed');
}
