/** Carries something out: writes down whom it reaches, and puts what was said into Messages' own database. */
import { randomUUID } from 'node:crypto';
import type { Chat } from './database.ts';
import type { Delivery } from './delivery-log.ts';
import type { Input } from './input.ts';
import type { Place } from './places.ts';
import type { World } from './world.ts';

/** What an action answers; what does not apply is left out. */
export interface Outcome {
  readonly guid?: string;
  readonly row?: number;
  readonly place?: Place;
  readonly transport?: string;
  /** Only some actions answer this. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface Way {
  readonly via: Input['via'];
  readonly transport: NonNullable<Delivery['transport']>;
  readonly named: { readonly to: string | null; readonly chatId: number | null };
}

/** Kinds that leave a bubble in the chat, so that they come back as a message of our own. */
const bubbles: ReadonlySet<string> = new Set([
  'text',
  'file',
  'reply',
  'effect',
  'richlink',
  'sticker',
  'poll',
  'reaction',
]);
/** Chats made here get rows far from those a tester numbers. */
const ownChatsFrom = 500;

/** @returns the answer to the action; nothing is undone when the helper's answer fails afterwards */
export function carryOut(
  world: World,
  place: Place,
  way: Way,
  what: Pick<Delivery, 'kind' | 'text' | 'also' | 'file' | 'effect'>,
  stored: Readonly<Record<string, unknown>> = {},
): Outcome {
  world.mayMutate();
  world.log.delivered({
    ...what,
    recipients: place.recipients,
    service: place.service,
    transport: way.transport,
    via: way.via,
    database: world.database.path,
    named: way.named,
  });
  if (!bubbles.has(what.kind)) return { place, transport: way.transport };
  const guid = `SENT-${randomUUID()}`;
  const chat = place.chat ?? makeChat(world, place);
  const row = world.messages.append({
    message: {
      guid,
      chat_id: chat.id,
      is_from_me: true,
      text: what.text ?? '',
      created_at: new Date().toISOString(),
      ...stored,
    },
  });
  return { guid, row, place: { ...place, chat }, transport: way.transport };
}

/** Messages makes the chat with the first message into it. */
export function makeChat(world: World, { guid, service, recipients }: Place): Chat {
  world.messages.refresh();
  const known = world.messages.chats().find((chat) => chat.guid === guid);
  if (known !== undefined) return known;
  const taken = world.messages.chats().map(({ id }) => id);
  const chat = {
    id: Math.max(ownChatsFrom, ...taken) + 1,
    identifier: guid.slice(guid.lastIndexOf(';') + 1),
    guid,
    service,
    participants: recipients,
  };
  world.messages.append({ chat });
  return chat;
}
