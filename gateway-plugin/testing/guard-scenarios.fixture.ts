/** What a guard decides over time: tickets, one-time allowances, replies, groups that change. One way past it each. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OneTimeAllowance } from '../../electron/contract/guard/policy.ts';
import { now } from '../imsg-guard/judge.fixture.ts';
import { readSpool } from '../store/spool.ts';
import { issueTicket } from '../store/tickets.ts';
import type { Ticket, TicketFile } from '../store/tickets.ts';
import { joins, rules } from './guarded-mac.fixture.ts';
import type { GuardedMac } from './guarded-mac.fixture.ts';
import { world } from './imsg-world.fixture.ts';
import type { Reached } from './imsg-world.fixture.ts';

export interface GuardScenario {
  readonly id: string;
  /** Tries it, and tells how much left that nobody allowed. */
  readonly run: (guarded: GuardedMac) => Promise<readonly unknown[]>;
}

const { stranger } = world;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function ticketFor(text: string, files: TicketFile[] = []): Ticket {
  return {
    channel: 'imessage',
    account: null,
    keys: [stranger],
    texts: [text],
    actions: null,
    files,
    expiresAt: now + 1000,
  };
}

function onceFor(text: string, media = false): OneTimeAllowance {
  return {
    id: `allowance-${sha256(text).slice(0, 8)}`,
    channel: 'imessage',
    account: 'default',
    to: stranger,
    textSha256: sha256(text),
    media,
    expiresAt: now + 1000,
  };
}

const textTo = (text: string): object => ({ to: stranger, text });
const toStranger = (guarded: GuardedMac): readonly Reached[] =>
  guarded.mac.reached().filter(({ to }) => to.includes(stranger));
const pairingReply = `OpenClaw: access not configured.\n\nYour iMessage sender id: ${stranger}\nPairing code:\n\nCLRM9AU7\n\nAsk the bot owner to approve with:\n\nopenclaw pairing approve imessage CLRM9AU7\n`;
const question = ['--question', 'q', '--option', 'a', '--option', 'b'];

export const guardScenarios: readonly GuardScenario[] = [
  {
    id: 'whoever wrote once is written to by guid, with an effect',
    run: async (guarded) => {
      guarded.wrote({ sender: stranger, chat_id: 2 });
      await guarded.command([
        'send-rich',
        '--chat',
        `iMessage;-;${stranger}`,
        '--text',
        'SECRET',
        '--effect',
        'slam',
      ]);
      return guarded.leaked();
    },
  },
  {
    id: 'whoever wrote once is written to by number',
    run: async (guarded) => {
      guarded.wrote({ sender: stranger, chat_id: 2 });
      await guarded.call('send', textTo('SECRET'));
      return guarded.leaked();
    },
  },
  {
    id: 'somebody who is denied joined a group since it was written to',
    run: async (guarded) => {
      guarded.setPolicy({ accounts: [{ ...rules, denyTo: [{ to: stranger, note: '' }] }] });
      await guarded.call('send', { chat_id: 3, text: 'ok' });
      joins(stranger, 3, guarded);
      await guarded.call('send', { chat_id: 3, text: 'SECRET' });
      return guarded.leaked();
    },
  },
  {
    id: 'a group of one stands for its member',
    run: async (guarded) => {
      guarded.wrote({ sender: stranger, chat_id: 9, is_group: true });
      await guarded.call('send', textTo('SECRET'));
      return guarded.leaked();
    },
  },
  {
    id: 'another file than the one let through',
    run: async (guarded) => {
      issueTicket(guarded.bench.files, ticketFor('look', [{ name: 'a.txt', sha256: sha256('a.txt') }]), now);
      const other = join(guarded.mac.folder, 'a.png');
      await guarded.command(['send-attachment', '--chat', `any;-;${stranger}`, '--file', other]);
      return toStranger(guarded);
    },
  },
  {
    id: 'the same file with other bytes, after it was allowed',
    run: async (guarded) => {
      const file = join(guarded.mac.folder, 'a.txt');
      const params = { to: stranger, text: 'look', file };
      await guarded.call('send', params);
      const [stopped] = readSpool(guarded.bench.files).sends;
      const textSha256 = stopped?.textSha256 ?? '';
      guarded.setPolicy({ oneTime: [{ ...onceFor('look', true), textSha256 }] });
      writeFileSync(file, 'SECRET');
      await guarded.call('send', params);
      return toStranger(guarded).filter(({ kind }) => kind === 'file');
    },
  },
  {
    id: 'parts of a text that was let through once',
    run: async (guarded) => {
      issueTicket(guarded.bench.files, ticketFor('I will not pay you 500 euros'), now);
      for (const text of ['pay you 500 euros', 'will not pay you 500 euros'])
        await guarded.command(['send', '--to', stranger, '--text', text]);
      return toStranger(guarded);
    },
  },
  {
    id: 'punctuation that turns one address into another',
    run: async (guarded) => {
      issueTicket(guarded.bench.files, ticketFor('log in at pay.example.com/a'), now);
      await guarded.call('send', textTo('log in at payexample.com/a'));
      return toStranger(guarded);
    },
  },
  {
    id: 'a reply that is a poll',
    run: async (guarded) => {
      issueTicket(guarded.bench.files, ticketFor('see you at noon'), now);
      await guarded.command(['poll', 'send', '--chat', `any;-;${stranger}`, ...question]);
      await guarded.command(['poll', 'send', '--chat', `iMessage;-;${stranger}`, ...question]);
      return toStranger(guarded);
    },
  },
  {
    id: 'a reply with a file nobody spoke of',
    run: async (guarded) => {
      issueTicket(guarded.bench.files, ticketFor('see you at noon'), now);
      const file = join(guarded.mac.folder, 'a.txt');
      await guarded.command(['send-attachment', '--chat', `any;-;${stranger}`, '--file', file]);
      return toStranger(guarded);
    },
  },
  {
    id: 'a new group with the person who gets a reply',
    run: async (guarded) => {
      issueTicket(guarded.bench.files, ticketFor('see you at noon'), now);
      await guarded.command(['chat-create', '--addresses', stranger, '--text', 'SECRET']);
      return toStranger(guarded);
    },
  },
  {
    id: 'a text allowed once that looks like a pairing code, again and again',
    run: async (guarded) => {
      guarded.setPolicy({ oneTime: [onceFor(pairingReply)] });
      for (let times = 0; times < 3; times += 1) await guarded.call('send', textTo(pairingReply));
      return toStranger(guarded).slice(1);
    },
  },
  {
    id: 'a plain text allowed once, over another service and into a thread',
    run: async (guarded) => {
      guarded.setPolicy({ oneTime: [onceFor('x')] });
      await guarded.call('send', { ...textTo('x'), service: 'sms', reply_to: 'MSG-S-1' });
      return toStranger(guarded);
    },
  },
  {
    id: 'a national number where the rules have another country',
    run: async (guarded) => {
      const allowTo = [{ to: '+436641234567', until: null, note: '' }];
      guarded.setPolicy({ region: 'AT', accounts: [{ ...rules, allowTo }] });
      await guarded.call('send', { to: '6641234567', text: 'SECRET' });
      return guarded.mac.reached();
    },
  },
];
