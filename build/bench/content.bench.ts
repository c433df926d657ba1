/** How long one send waits for the look into its text, for texts made to keep a search busy and for plain words. */
import { findSecrets } from '../../electron/contract/guard/content/find-secrets.ts';
import { keepLines, lineOf, percentile } from './bench-line.ts';

const characters = 4_000;
const rounds = 20;
const attempts = 5;

/** What is looked for begins like this; over and over it looks for more each time. */
const beginnings = [
  ...[
    '-----BEGIN PRIVATE KEY-----',
    'PuTTY-User-Key-File-2: ',
    'sk-',
    'sk-ant-api03-',
    'ghs_1_',
    'ghp_',
    'glpat-',
  ],
  ...[
    'xoxb-',
    'https://hooks.slack.com/services/T00000',
    'AKIA',
    'AIza',
    'SG.',
    'hvs.',
    '12345678:AA',
    'ops_ey',
  ],
  ...['4', '4 ', '4-', 'act ', 'act1', 'a', 'A-', '_', '\u200b', 'é', '😀'],
];
const hostile = beginnings.flatMap((beginning) => [
  beginning.repeat(characters).slice(0, characters),
  `${beginning}${'a1B2-'.repeat(characters)}`.slice(0, characters),
  `${beginning}x`.repeat(characters).slice(0, characters),
]);
const words = 'Lunch at one? The table is by the window, and Zoë brings the plans for the garden. ';
const plain = hostile.map(() => words.repeat(characters).slice(0, characters));

slowest(hostile);
slowest(plain);
const pairs = Array.from({ length: rounds }, () => [slowest(hostile), slowest(plain)] as const);
await keepLines('content', [
  lineOf({
    name: 'look for secrets in 4,000 hostile characters, slowest of a hundred',
    unit: 'µs',
    measured: pairs.map(([withHostile]) => withHostile),
    baseline: {
      name: 'the same with plain words',
      samples: pairs.map(([, withPlain]) => withPlain),
      paired: true,
    },
    target: { of: 'median', bound: 'at-most', value: 5_000 },
  }),
]);

/** @returns microseconds: of a hundred texts the slowest, each in the fastest of its attempts, which nothing interrupted */
function slowest(texts: readonly string[]): number {
  const times = texts.map((text) => {
    const took = Array.from({ length: attempts }, () => {
      const startedAt = performance.now();
      findSecrets(text);
      return (performance.now() - startedAt) * 1_000;
    });
    return Math.min(...took);
  });
  return percentile(times, 0.99);
}
