/** The pipe between OpenClaw and `imsg rpc`: what imsg says goes through as it is, what it is told is written anew. */
import type { Readable, Writable } from 'node:stream';
import type { Judge, Verdict } from './judge.ts';
import { LineSplitter } from './line-splitter.ts';
import { OutputLines, writeAll } from './output-lines.ts';
import { readFrame } from './rpc-frame.ts';
import type { FrameId } from './rpc-frame.ts';

/** Our own code, outside the ones imsg uses: the message certainly did not leave. */
export const refusedCode = -32090;
/** imsg takes any; no message is longer. */
export const longestRequest = 32 * 1024 * 1024;

export interface RpcPipe {
  readonly fromOpenClaw: Readable;
  readonly toOpenClaw: Writable;
  readonly toImsg: Writable;
  readonly fromImsg: Readable;
  /** Country imsg is to use for national numbers. */
  readonly region: string;
  readonly judge: Pick<Judge, 'judge'>;
  readonly observe: (line: Buffer) => void;
}

/** Resolves when imsg has closed its output and everything was passed on. */
export async function runRpcPipe(pipe: RpcPipe): Promise<void> {
  const output = new OutputLines(pipe.toOpenClaw, pipe.observe);
  const copies = new KeptCopies();
  const requests = passRequests(pipe, output, copies);
  for await (const chunk of pipe.fromImsg) await output.forward(asBuffer(chunk));
  pipe.fromOpenClaw.destroy();
  await requests;
  await copies.removeAll();
  await output.end();
}

/** One line after the other, so that allowed messages keep their order. */
async function passRequests(pipe: RpcPipe, output: OutputLines, copies: KeptCopies): Promise<void> {
  const splitter = new LineSplitter(longestRequest);
  try {
    for await (const chunk of pipe.fromOpenClaw) {
      for (const line of splitter.push(asBuffer(chunk))) await passLine(line, pipe, output, copies);
    }
    await passLine(splitter.end(), pipe, output, copies);
  } catch {
    // One side is gone; the end of imsg decides how we end.
  } finally {
    pipe.toImsg.end();
  }
}

async function passLine(
  line: Buffer | null,
  pipe: RpcPipe,
  output: OutputLines,
  copies: KeptCopies,
): Promise<void> {
  if (line === null) {
    await output.inject(failure(null, -32700, 'The line is too long.'));
    return;
  }
  const frame = readFrame(line, pipe.region);
  switch (frame.kind) {
    case 'blank':
      return;
    case 'nonsense':
      await output.inject(failure(null, frame.code, frame.message));
      return;
    case 'reading':
      await writeAll(pipe.toImsg, Buffer.from(`${frame.line}\n`, 'utf8'));
      return;
    case 'send': {
      const verdict = await pipe.judge.judge(frame.request);
      if (verdict.outcome === 'pass' && frame.write !== null) {
        copies.keep(verdict.done);
        await writeAll(pipe.toImsg, Buffer.from(`${frame.write(verdict.written)}\n`, 'utf8'));
      } else if (frame.id !== undefined) await output.inject(answer(frame.id, verdict));
    }
  }
}

/** imsg does not tell when it has read a file, so copies stay for a while; never longer than imsg itself. */
const copyKeptMs = 10 * 60 * 1000;

class KeptCopies {
  readonly #kept = new Set<() => Promise<void>>();

  keep(remove: (() => Promise<void>) | null): void {
    if (remove === null) return;
    this.#kept.add(remove);
    setTimeout(() => {
      this.#kept.delete(remove);
      void remove().catch(() => undefined);
    }, copyKeptMs).unref();
  }

  async removeAll(): Promise<void> {
    await Promise.all([...this.#kept].map((remove) => remove().catch(() => undefined)));
    this.#kept.clear();
  }
}

function answer(id: FrameId, verdict: Verdict): string {
  if (verdict.outcome === 'swallow') return JSON.stringify({ jsonrpc: '2.0', id, result: { ok: true } });
  // Not `disposition: not_started, retry_safe: true`: OpenClaw would queue the message and try again for hours, and
  // send it long after the owner said no as soon as any rule allows the recipient.
  const data = { stopped_by: 'portcullis', retry_safe: false };
  const message =
    verdict.outcome === 'refuse' ? verdict.message : 'Message stopped by the Portcullis send guard.';
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code: refusedCode, message, data } });
}

function failure(id: FrameId, code: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
}

function asBuffer(chunk: unknown): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk), 'utf8');
}
