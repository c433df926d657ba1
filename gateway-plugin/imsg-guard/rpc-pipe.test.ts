import { PassThrough, Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestRequest, refusedCode, runRpcPipe } from './rpc-pipe.ts';
import type { SendRequest } from './send-request.ts';
import type { Verdict } from './judge.ts';

/** Hundreds of generated cases, or megabytes, take their time on a busy machine. */
const aLot = { timeout: 30_000 };

/** Stands in for the judge: lets through what goes to `+1…1`, swallows `+1…5`, refuses the rest. */
const scriptedJudge = {
  judge: async (request: SendRequest): Promise<Verdict> => {
    await new Promise((resolve) => setImmediate(resolve));
    const to = request.recipients[0]?.to ?? '';
    const { recipients, files } = request;
    if (to.endsWith('1')) return { outcome: 'pass', written: { recipients, files }, done: null };
    return to.endsWith('5') ? { outcome: 'swallow' } : { outcome: 'refuse', message: 'no' };
  },
};

function collector(limits: { readonly slow: boolean } = { slow: false }): {
  stream: Writable;
  bytes: () => Buffer;
} {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    highWaterMark: limits.slow ? 64 : 16_384,
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      if (limits.slow) setImmediate(done);
      else done();
    },
  });
  return { stream, bytes: () => Buffer.concat(chunks) };
}

interface Run {
  readonly requests: readonly Buffer[];
  readonly output: readonly Buffer[];
  readonly slow?: boolean;
}

async function run({
  requests,
  output,
  slow = false,
}: Run): Promise<{ toImsg: Buffer; toOpenClaw: Buffer; seen: string[] }> {
  const imsgIn = collector({ slow });
  const openClaw = collector({ slow });
  const fromImsg = new PassThrough();
  const seen: string[] = [];
  // imsg says what it has to say and ends once its input has ended, as the real one does.
  imsgIn.stream.once('finish', () => {
    Readable.from(output).pipe(fromImsg);
  });
  await runRpcPipe({
    fromOpenClaw: Readable.from(requests),
    toOpenClaw: openClaw.stream,
    toImsg: imsgIn.stream,
    fromImsg,
    region: 'US',
    judge: scriptedJudge,
    observe: (line) => seen.push(line.toString('latin1')),
  });
  return { toImsg: imsgIn.bytes(), toOpenClaw: openClaw.bytes(), seen };
}

function cut(bytes: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes.length === 0 ? bytes.length : (sizes[index % sizes.length] ?? 1);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

interface Line {
  readonly bytes: Buffer;
  /** What imsg is told; null: nothing. */
  readonly told: object | null;
  /** What OpenClaw is told; null: nothing. */
  readonly answered: object | null;
}

const sendLine = (id: number, last: string, text: string): Buffer =>
  Buffer.from(
    JSON.stringify({ jsonrpc: '2.0', id, method: 'send', params: { to: `+1555123000${last}`, text } }),
  );

const refused = (id: number): object => ({
  jsonrpc: '2.0',
  id,
  error: { code: refusedCode, message: 'no', data: { stopped_by: 'portcullis', retry_safe: false } },
});

/** To a listed number, but with a byte in the text that is no UTF-8. */
function notUtf8(id: number, byte: number): Buffer {
  const whole = sendLine(id, '1', '#');
  const at = whole.indexOf('#');
  return Buffer.concat([whole.subarray(0, at), Buffer.from([byte]), whole.subarray(at + 1)]);
}

const anyLine: fc.Arbitrary<Line> = fc.oneof(
  fc
    .tuple(fc.nat(), fc.integer({ min: 0x80, max: 0xff }))
    .map(([id, byte]) => ({ bytes: notUtf8(id, byte), told: null, answered: refused(id) })),
  fc
    .tuple(fc.nat(), fc.constantFrom('1', '5', '9'), fc.string({ unit: 'binary' }))
    .filter(([, , text]) => text.isWellFormed())
    .map(([id, last, text]) => {
      const params = { to: `+1555123000${last}`, text, region: 'US' };
      const fates = {
        1: { told: { jsonrpc: '2.0', id, method: 'send', params }, answered: null },
        5: { told: null, answered: { jsonrpc: '2.0', id, result: { ok: true } } },
        9: { told: null, answered: refused(id) },
      };
      return { bytes: sendLine(id, last, text), ...fates[last] };
    }),
  fc.tuple(fc.nat(), fc.nat(), fc.string()).map(([id, limit, query]) => {
    const request = { jsonrpc: '2.0', id, method: 'messages.search', params: { query, limit } };
    const more = { ...request, params: { ...request.params, unknown: [1] }, extra: true };
    return { bytes: Buffer.from(JSON.stringify(more)), told: request, answered: null };
  }),
  fc
    .uint8Array({ maxLength: 200 })
    .map((bytes) => Buffer.from([0x78, ...bytes.filter((byte) => ![0x0a, 0x5b, 0x7b].includes(byte))]))
    .map((bytes) => ({
      bytes,
      told: null,
      answered: { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error' } },
    })),
);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 });

function valuesIn(bytes: Buffer): readonly unknown[] {
  const lines = bytes.toString('utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((text): unknown => JSON.parse(text));
}

describe('the pipe', () => {
  it('tells imsg what it understood and let through, in order, however the stream is cut', aLot, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyLine, { maxLength: 12 }),
        sizes,
        fc.boolean(),
        fc.boolean(),
        async (lines, cuts, lastOpen, slow) => {
          const whole = Buffer.concat(
            lines.flatMap((line, index) => [
              line.bytes,
              Buffer.from(lastOpen && index === lines.length - 1 ? '' : '\n'),
            ]),
          );
          const { toImsg, toOpenClaw } = await run({ requests: cut(whole, cuts), output: [], slow });
          expect(valuesIn(toImsg)).toEqual(lines.flatMap(({ told }) => (told === null ? [] : [told])));
          expect(valuesIn(toOpenClaw)).toEqual(
            lines.flatMap(({ answered }) => (answered === null ? [] : [answered])),
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('passes what imsg says byte by byte, and shows it its whole lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), sizes, async (bytes, cuts) => {
        const output = Buffer.from(bytes);
        const { toOpenClaw, seen } = await run({ requests: [], output: cut(output, cuts) });
        expect(toOpenClaw.equals(output)).toBe(true);
        expect(seen.join('')).toBe(output.subarray(0, output.lastIndexOf(0x0a) + 1).toString('latin1'));
      }),
      { numRuns: 200 },
    );
  });

  it('never puts an answer inside a line of imsg', async () => {
    const fromImsg = new PassThrough();
    const openClaw = collector();
    const requests = new PassThrough();
    const judged = new Promise<void>((resolve) => {
      const toImsg = collector().stream;
      const judge = {
        judge: async (): Promise<Verdict> => {
          await Promise.resolve();
          setImmediate(resolve);
          return { outcome: 'refuse', message: 'no' };
        },
      };
      void runRpcPipe({
        fromOpenClaw: requests,
        toOpenClaw: openClaw.stream,
        toImsg,
        fromImsg,
        region: 'US',
        judge,
        observe: () => undefined,
      });
    });
    fromImsg.write('{"first":');
    await new Promise((resolve) => setImmediate(resolve));
    requests.write(Buffer.concat([sendLine(7, '9', 'x'), Buffer.from('\n')]));
    await judged;
    fromImsg.write('1}\n{"second":');
    fromImsg.end('2}\n');
    await expect.poll(() => openClaw.bytes().toString('utf8').split('\n').length).toBe(4);
    const lines = openClaw.bytes().toString('utf8').trimEnd().split('\n');
    expect(lines.filter((line) => !line.includes(String(refusedCode)))).toEqual([
      '{"first":1}',
      '{"second":2}',
    ]);
    expect(lines).toHaveLength(3);
  });

  it('carries a line of 10 MB in both directions, and stops one', aLot, async () => {
    const big = 'x'.repeat(10 * 1024 * 1024);
    const passed = Buffer.concat([sendLine(1, '1', big), Buffer.from('\n')]);
    const stopped = Buffer.concat([sendLine(2, '9', big), Buffer.from('\n')]);
    const answer = Buffer.from(`{"jsonrpc":"2.0","id":1,"result":{"big":"${big}"}}\n`);
    const { toImsg, toOpenClaw } = await run({
      requests: cut(Buffer.concat([stopped, passed]), [65_536]),
      output: cut(answer, [65_536]),
    });
    expect(valuesIn(toImsg)).toMatchObject([{ id: 1, params: { text: big } }]);
    expect(toOpenClaw.includes(answer)).toBe(true);
    expect(toOpenClaw.length).toBeLessThan(answer.length + 1000);
  });

  it('keeps nothing of a line nobody could mean', aLot, async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const pieces = Math.ceil(longestRequest / piece.length) + 1;
    const rest = Buffer.concat([Buffer.from('\n'), sendLine(1, '1', 'hi'), Buffer.from('\n')]);
    const { toImsg, toOpenClaw } = await run({
      requests: [...Array.from({ length: pieces }, () => piece), rest],
      output: [],
    });
    expect(valuesIn(toOpenClaw)).toMatchObject([{ id: null, error: { code: -32700 } }]);
    expect(valuesIn(toImsg)).toMatchObject([{ id: 1 }]);
  });

  it('takes no more from the sender than imsg can take', async () => {
    let taken = 0;
    const requests = new Readable({
      highWaterMark: 1,
      read() {
        taken += 1;
        const params = { query: 'y'.repeat(1000) };
        const line = JSON.stringify({ id: taken, method: 'messages.search', params });
        this.push(taken > 5000 ? null : Buffer.from(`${line}\n`));
      },
    });
    const stuck = new Writable({ highWaterMark: 1024, write: () => undefined });
    const fromImsg = new PassThrough();
    const running = runRpcPipe({
      fromOpenClaw: requests,
      toOpenClaw: collector().stream,
      toImsg: stuck,
      fromImsg,
      region: 'US',
      judge: scriptedJudge,
      observe: () => undefined,
    });
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBeLessThan(50);
    stuck.destroy();
    fromImsg.end();
    await running;
  });
});
