/** `send`, in both families: which of several targets counts, over which transport, on which service. */
import { carryOut } from './carry-out.ts';
import type { Outcome, Way } from './carry-out.ts';
import { addressOfName } from './contacts.ts';
import type { Delivery } from './delivery-log.ts';
import { fileFacts } from './delivery-log.ts';
import { errorCode, ImsgError, invalidParams } from './imsg-error.ts';
import type { Input, Selection } from './input.ts';
import {
  bridgeRef,
  dialled,
  existingChat,
  looksLikeHandle,
  placeForBridge,
  placeForScript,
  placeOfPerson,
} from './places.ts';
import type { Place } from './places.ts';
import type { World } from './world.ts';

interface Message {
  readonly text: string;
  readonly file: string;
  readonly service: 'imessage' | 'sms' | 'auto';
  readonly region: string;
  readonly transport: 'auto' | 'bridge' | 'applescript';
  readonly replyTo: string | null;
  readonly smsFallback: boolean;
}

interface Route {
  readonly place: Place;
  readonly transport: 'bridge' | 'applescript';
}

export const replyKeys = ['reply_to', 'replyTo', 'reply_to_guid', 'message_guid'];
export const formattingKeys = ['text_formatting', 'textFormatting', 'formatting'];

export function send(world: World, input: Input): Outcome {
  const target = input.selection();
  const message = readMessage(input);
  input.done();
  if (message.text === '' && message.file === '') throw invalidParams('text or file is needed');
  if ((target.to ?? target.chatId ?? target.identifier ?? target.guid) === null)
    throw invalidParams('to is needed');
  const named = { to: target.to, chatId: target.chatId };
  const route = routeOf(target, message, input.via, world);
  if (message.replyTo !== null && route.transport !== 'bridge')
    throw new ImsgError('reply_to needs the bridge');
  const { place, transport } = route;
  if (transport === 'applescript')
    return sendParts(world, place, { via: input.via, transport, named }, message);
  try {
    const outcome = sendParts(world, place, { via: input.via, transport, named }, message);
    world.bridgeAnswers();
    return outcome;
  } catch (error: unknown) {
    // Older imsg takes any error of the helper as a reason to try again without it: the message may exist twice.
    if (world.strict || message.transport === 'bridge' || message.replyTo !== null) throw error;
    const again = withoutBridge(target, message, world);
    return sendParts(world, again, { via: input.via, transport: 'applescript', named }, message);
  }
}

/** 0.15: text over the helper into a chat that exists, or not at all. */
export function sendTracked(world: World, input: Input): Outcome {
  const target = input.selection();
  const attempt = input.text(['attempt_id']) ?? '';
  const message: Message = { ...readMessage(input), transport: 'bridge', file: '' };
  input.done();
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(attempt)) throw invalidParams('attempt_id');
  if (message.text === '') throw invalidParams('text is needed');
  const { place } = routeOf(target, message, input.via, world);
  const way: Way = { via: input.via, transport: 'bridge', named: { to: target.to, chatId: target.chatId } };
  const outcome = sendParts(world, place, way, message);
  world.bridgeAnswers();
  return { ...outcome, more: { attempt_id: attempt } };
}

function readMessage(input: Input): Message {
  const service = input.text(['service'], 'service') ?? 'auto';
  if (service !== 'imessage' && service !== 'sms' && service !== 'auto')
    throw new ImsgError(`Invalid service: ${service}`, errorCode.invalidParams);
  const transport = (input.text(['transport']) ?? 'auto').toLowerCase();
  if (transport !== 'auto' && transport !== 'bridge' && transport !== 'applescript')
    throw invalidParams(`transport: ${transport}`);
  input.ignore(formattingKeys);
  const region = input.text(['region'], 'region') ?? '';
  return {
    text: input.text(['text'], 'text') ?? '',
    file: input.text(['file'], 'file') ?? '',
    service,
    region: region === '' ? 'US' : region,
    transport: input.via === 'cli' ? 'applescript' : transport,
    replyTo: input.text(replyKeys),
    smsFallback:
      input.flag(['allow_sms_fallback', 'allowSMSFallback']) ?? input.flag([], 'no-sms-fallback') !== true,
  };
}

/** @throws ImsgError when there is no such place, or the helper was asked for and has no chat to send into */
function routeOf(target: Selection, message: Message, via: Input['via'], world: World): Route {
  const { strict } = world;
  if (target.to !== null) {
    const person = addressOfName(target.to, world.settings, via, strict);
    const chat = via === 'rpc' || strict ? directChat(person, message, world) : null;
    const bridge = chat !== null && overBridge(message, via, world);
    if (bridge) return { place: inChat(chat.guid, world, 'bridge'), transport: 'bridge' };
    if (message.transport === 'bridge') throw new ImsgError('the bridge needs an existing chat');
    if (strict && chat !== null)
      return { place: inChat(chat.guid, world, 'applescript'), transport: 'applescript' };
    return { place: toPerson(person, message, world), transport: 'applescript' };
  }
  const ref = overBridge(message, via, world) ? bridgeRef(target, world) : null;
  const place = ref === null ? null : placeForBridge(ref, world);
  if (place !== null) return { place, transport: 'bridge' };
  if (message.transport === 'bridge') throw new ImsgError(`Chat not found: ${ref ?? ''}`);
  return { place: withoutBridge(target, message, world), transport: 'applescript' };
}

function overBridge(message: Message, via: Input['via'], world: World): boolean {
  if (message.transport === 'bridge') world.needBridge(via);
  return message.transport !== 'applescript' && world.bridgeReady;
}

/** Where AppleScript sends: to the person an identifier looks like, or into the chat. */
function withoutBridge(target: Selection, message: Message, world: World): Place {
  if (target.to !== null) {
    const person = addressOfName(target.to, world.settings, 'rpc', world.strict);
    return toPerson(person, message, world);
  }
  const row = target.chatId === null ? null : world.chatOfRow(target.chatId);
  const identifier = row === null ? target.identifier : row.identifier;
  const guid = row === null ? target.guid : row.guid;
  const first = world.strict && guid !== null ? null : identifier;
  if (first !== null && looksLikeHandle(first)) return toPerson(first, message, world);
  return inChat(guid ?? identifier ?? '', world, 'applescript');
}

function inChat(ref: string, world: World, transport: 'bridge' | 'applescript'): Place {
  const place = transport === 'bridge' ? placeForBridge(ref, world) : placeForScript(ref, world);
  if (place === null) throw new ImsgError(`AppleScript failed: Can’t get chat id "${ref}" (-1728)`);
  return place;
}

function directChat(
  person: string,
  { service, region }: Message,
  world: World,
): ReturnType<typeof existingChat> {
  world.database.refresh(); // a person can be written to without any database
  const chat = existingChat(world.strict ? dialled(person, region) : person, service, world.database);
  const otherService =
    world.strict && chat !== null && service !== 'auto' && chat.service.toLowerCase() !== service;
  return otherService ? null : chat;
}

function toPerson(person: string, { service, region }: Message, world: World): Place {
  const handle = dialled(person, region);
  world.messages.refresh();
  const history = world.messages.chats().filter(({ identifier }) => identifier === handle);
  const onlySms = history.length > 0 && history.every((chat) => chat.service === 'SMS');
  const sms = service === 'sms' || (service === 'auto' && onlySms);
  return placeOfPerson(handle, sms ? 'SMS' : 'iMessage', world);
}

/** Text and file are two messages, the text first. */
function sendParts(world: World, place: Place, way: Way, message: Message): Outcome {
  const { text, file, replyTo, service, smsFallback } = message;
  const parts: Pick<Delivery, 'kind' | 'text' | 'file'>[] = [];
  if (text !== '') parts.push({ kind: replyTo === null ? 'text' : 'reply', text });
  if (file !== '') parts.push({ kind: 'file', file: fileFacts(file) });
  const failsOn = world.settings.iMessageFails.some((person) => place.recipients.includes(person));
  if (failsOn && place.service === 'iMessage' && way.transport === 'applescript') {
    if (service !== 'auto' || !smsFallback || file !== '') throw new ImsgError('AppleScript failed');
    if (!world.strict) for (const part of parts) carryOut(world, place, way, part);
    return carryOut(world, { ...place, service: 'SMS' }, way, { kind: 'text', text });
  }
  let outcome: Outcome = {};
  for (const part of parts) outcome = carryOut(world, place, way, part);
  return outcome;
}
