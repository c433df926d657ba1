/** The pipe between OpenClaw and `imsg rpc`: every byte goes through, except sends the judge stops. */
import type { Readable, Writable } from 'node:stream';
import type { Judge, Verdict } from './judge.ts';
import { LineSplitter } from './line-splitter.ts';
import { OutputLines, writeAll } from './output-lines.ts';
import { readFrame } from './rpc-frame.ts';
import type { FrameId } from './rpc-frame.ts';

/** Our own code, outside the ones imsg uses: the message certainly did not leave. */
export const refusedCode = -32090;

export interface RpcPipe {
  readonly fromOpenClaw: Readable;
  readonly toOpenClaw: Writable;
  readonly toImsg: Writable;
  readonly fromImsg: Readable;
  readonly judge: Pick<Judge, 'judge'>;
  readonly observe: (line: Buffer) => void;
}

/** Resolves when imsg has closed its output and everything was passed on. */
export async function runRpcPipe(pipe: RpcPipe): Promise<void> {
  const output = new OutputLines(pipe.toOpenClaw, pipe.observe);
  const requests = passRequests(pipe, output);
  for await (const chunk of pipe.fromImsg) await output.forward(asBuffer(chunk));
  pipe.fromOpenClaw.destroy();
  await requests;
  await output.end();
}

/** One line after the other, so that allowed messages keep their order. */
async function passRequests(pipe: RpcPipe, output: OutputLines): Promise<void> {
  const splitter = new LineSplitter();
  try {
    for await (const chunk of pipe.fromOpenClaw) {
      for (const line of splitter.push(asBuffer(chunk))) await passLine(line, pipe, output);
    }
    const rest = splitter.end();
    if (rest.length > 0) await passLine(rest, pipe, output);
  } catch {
    // One side is gone; the end of imsg decides how we end.
  } finally {
    pipe.toImsg.end();
  }
}

async function passLine(line: Buffer, pipe: RpcPipe, output: OutputLines): Promise<void> {
  const frame = readFrame(line);
  if (frame.kind === 'pass') {
    await writeAll(pipe.toImsg, line);
    return;
  }
  const verdict = await pipe.judge.judge(frame.request);
  if (verdict.outcome === 'pass') await writeAll(pipe.toImsg, line);
  else if (frame.id !== undefined) await output.inject(answer(frame.id, verdict));
}

function answer(id: FrameId, verdict: Exclude<Verdict, { readonly outcome: 'pass' }>): string {
  if (verdict.outcome === 'swallow') return JSON.stringify({ jsonrpc: '2.0', id, result: { ok: true } });
  // Not `disposition: not_started, retry_safe: true`: OpenClaw would queue the message and try again for hours, and
  // send it long after the owner said no as soon as any rule allows the recipient.
  const data = { stopped_by: 'portcullis', retry_safe: false };
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code: refusedCode, message: verdict.message, data } });
}

function asBuffer(chunk: unknown): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk), 'utf8');
}
