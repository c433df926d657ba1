/** Calls of imsg as somebody might try them: recipients in every spelling, in any place, with whatever beside them. */
import fc from 'fast-check';
import { sendingCommands } from '../imsg-guard/command-table.ts';
import { sendingMethods } from '../imsg-guard/rpc-methods.ts';
import type { SendingCall } from '../imsg-guard/parameters.ts';
import type { ImsgCase } from './imsg-world.fixture.ts';

const people = ['+15551230001', '+15551230002', '+15551230099', 'friend@example.com', 'stranger@example.com'];
const others = ['5551230001', '(555) 123-0099', '12345', '100', 'ALLOR', 'Twin', 'Lena Listed', ''];
const chats = ['chat100200300', 'chat100200400', 'chat100200900', 'chat100201000', 'chat100201200'];
const starts = [
  '',
  'iMessage;-;',
  'SMS;-;',
  'any;-;',
  'iMessage;+;',
  'any;+;',
  'imessage:',
  'sms:',
  'tel:',
  'auto;-;',
];
const odd = [
  '',
  '',
  '',
  ' ',
  '-',
  '(',
  '\u200b',
  '\u00a0',
  '\u2060',
  '\u202e',
  '\n',
  '+',
  '０',
  '٣',
  ';',
  ',',
  'x5',
];

const oddRecipient = fc
  .tuple(
    fc.constantFrom(...starts),
    fc.constantFrom(...people, ...others, ...chats),
    fc.constantFrom(...odd),
    fc.nat(12),
  )
  .map(([start, name, sign, at]) => `${start}${name.slice(0, at)}${sign}${name.slice(at)}`);
/** Half of them plain, so that enough tries get as far as a decision. */
const recipient = fc.oneof(
  fc
    .tuple(fc.constantFrom('', 'iMessage;-;', 'any;-;'), fc.constantFrom(...people))
    .map(([start, name]) => `${start}${name}`),
  oddRecipient,
);

const row = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 100);
const seldom = <T>(usual: T, ...rest: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...rest) });
const region = seldom<unknown>('US', 'us', 'AT', 'BR', 'CN', 'UK', 5, true);
const word = seldom('auto', 'imessage', 'sms', 'bridge', 'applescript', 'love', 'slam', '', 'x');
const texts = seldom('love', 'x', ' ', '-5', '--help', '{"to":"+15551230099"}');

/** For every parameter there is, in no relation to the method it is given to. */
const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  person: recipient,
  people: fc.oneof(fc.array(recipient, { minLength: 1, maxLength: 3 }), recipient),
  chat: recipient,
  row: fc.oneof(
    row,
    row.map(String),
    row.map((number) => `+${String(number)}`),
    row.map((number) => number + 0.5),
  ),
  'row-or-chat': fc.oneof(row.map(String), recipient),
  region,
  word,
  id: fc.constantFrom('MSG-S-1', 'MSG-CREW-1', 'POLL-S-1', 'OPT-A'),
  texts: fc.constant(['a', 'b']),
  parts: fc.constant([{ text: 'x' }]),
  formatting: fc.constant([{ start: 0, length: 1, style: 'bold' }]),
  json: fc.constant('[{"text":"x"}]'),
  'json-file': fc.constant('{folder}/formats.json'),
  file: fc.constant('{folder}/a.txt'),
  flag: fc.boolean(),
  whole: fc.nat(3),
};

const strays = [
  'to',
  'chat_id',
  'chat_guid',
  'chat_identifier',
  'address',
  'addresses',
  'recipient',
  'foo',
  'region',
];

const stray = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...strays), fc.oneof(recipient, row))
      .map(([name, value]) => [name, value] as const),
  },
);
const places: ReadonlySet<string> = new Set(['person', 'chat', 'row', 'row-or-chat']);
const needed: ReadonlySet<string> = new Set(['text', 'texts', 'file', 'id', 'parts', 'people', 'json']);

/** Mostly one way to name a place, what a call needs, and now and then the rest. */
function given<T>(call: SendingCall | undefined, entry: (name: string, role: string, value: unknown) => T) {
  const parameters = call?.parameters ?? [];
  const selectors = parameters.filter(({ role, names }) => places.has(role) && names[0] !== 'address');
  const chosen = selectors.length === 0 ? fc.constant(undefined) : fc.constantFrom(...selectors);
  return chosen.chain((one) =>
    fc.tuple(
      ...parameters.map((parameter) => {
        const { role, names } = parameter;
        const value = (values[role] ?? texts).map((each) => entry(names[0] ?? '', role, each));
        if (parameter === one) return value;
        const weight = selectors.includes(parameter) ? 1 : needed.has(role) || role === 'person' ? 20 : 3;
        const missing = { weight: 10, arbitrary: fc.constant(null) };
        return fc.oneof(missing, { weight, arbitrary: value });
      }),
    ),
  );
}

const request: fc.Arbitrary<Pick<ImsgCase, 'line'>> = fc
  .constantFrom(...sendingMethods.keys(), 'Send', 'message.resend')
  .chain((method) => {
    return fc
      .tuple(
        given(sendingMethods.get(method), (name, _role, value) => [name, value] as const),
        stray,
        fc.constantFrom('', '', '', '\u0085', '\u200b', '\u00a0', '\r', 'x\r', '\ufeff', ' '),
        fc.constantFrom('\n', '\r\n', ''),
        fc.boolean(),
      )
      .map(([entries, extra, before, end, withId]) => {
        const params = Object.fromEntries([...entries, extra].filter((entry) => entry !== null));
        const body = { jsonrpc: '2.0', ...(withId ? { id: 1 } : {}), method, params };
        return { line: `${before}${JSON.stringify(body)}${end}` };
      });
  });

const command: fc.Arbitrary<Pick<ImsgCase, 'args'>> = fc
  .constantFrom(...sendingCommands.keys(), 'react', 'launch')
  .chain((name) => {
    const words = fc.constantFrom(
      null, null, null, null, null,
      ['--to', '+15551230099'], ['--'], ['--chat-id=2'], ['-vj'], ['word'],
    ); // prettier-ignore
    return fc.tuple(given(sendingCommands.get(name), wordsOf), words).map(([options, extra]) => ({
      args: [...name.split(' '), ...[...options, extra].flatMap((each) => each ?? [])],
    }));
  });

function wordsOf(name: string, role: string, value: unknown): readonly string[] {
  if (role === 'flag') return [`--${name}`];
  if (Array.isArray(value)) return value.flatMap((each) => [`--${name}`, String(each)]);
  const text = String(value);
  return text.startsWith('-') ? [`--${name}=${text}`] : [`--${name}`, text];
}

export const anyCall: fc.Arbitrary<ImsgCase> = fc
  .oneof(request, command)
  .map((call) => ({ id: 'generated', what: 'generated', reaches: [], ...call }));
