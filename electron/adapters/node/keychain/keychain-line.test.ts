import { describe, expect, it } from 'vitest';
import { KeychainLine } from './keychain-line.ts';
import { KeychainProcessDouble } from './keychain-process.double.ts';
import type { KeychainQuestion } from './messages.ts';

const get: KeychainQuestion = { op: 'get', service: 'S', account: 'a' };
const set: KeychainQuestion = { op: 'set', service: 'S', account: 'a', value: 'v' };
const remove: KeychainQuestion = { op: 'delete', service: 'S', account: 'a' };

const times = { deadlineMs: 5, patienceMs: 60, idleMs: 10 };

function openLine() {
  const processes: KeychainProcessDouble[] = [];
  const waits: { readonly ms: number; readonly run: () => void; over: boolean }[] = [];
  const late: boolean[] = [];
  const line = new KeychainLine({
    ...times,
    spawn: () => {
      const process = new KeychainProcessDouble();
      processes.push(process);
      return process;
    },
    timers: {
      after: (ms, run) => {
        const wait = { ms, run, over: false };
        waits.push(wait);
        return () => {
          wait.over = true;
        };
      },
    },
    onLateAnswer: (works) => late.push(works),
  });
  /** Lets the running wait pass, which must be this one. */
  const pass = (ms: number): void => {
    const running = waits.filter((wait) => !wait.over);
    expect(running.map((wait) => wait.ms)).toEqual([ms]);
    for (const wait of running) {
      wait.over = true;
      wait.run();
    }
  };
  const newest = (): KeychainProcessDouble => {
    const process = processes.at(-1);
    if (process === undefined) throw new Error('Nothing was started.');
    return process;
  };
  return { line, processes, late, pass, newest };
}

/** Makes the process one that has answered before. */
async function prove({ line, newest }: ReturnType<typeof openLine>): Promise<void> {
  const asked = line.ask(get);
  newest().answer(null);
  await asked;
}

describe('the line to the keychain process', () => {
  it('starts the process at the first question and hands its answer back', async () => {
    const { line, processes, newest } = openLine();
    expect(processes).toHaveLength(0);
    const asked = line.ask(set);
    newest().answer(null);
    expect(await asked).toEqual({ ok: true, value: null });
    expect(newest().requests).toEqual([{ ...set, id: 1 }]);
  });

  it('ignores an answer to another question', async () => {
    const { line, newest } = openLine();
    const asked = line.ask(get);
    newest().say({ id: 77, ok: true, value: 'wrong' });
    newest().answer('right');
    expect(await asked).toEqual({ ok: true, value: 'right' });
  });

  it.each([
    { what: 'a read refused by a process that worked before', question: get, proven: true, processes: 2 },
    { what: 'a read refused by a new process', question: get, proven: false, processes: 1 },
    { what: 'a write refused by a process that worked before', question: set, proven: true, processes: 1 },
  ])('$what: $processes process(es) in all', async ({ question, proven, processes: expected }) => {
    const opened = openLine();
    if (proven) await prove(opened);
    const asked = opened.line.ask(question);
    opened.newest().refuse();
    if (expected === 2) await expect.poll(() => opened.processes.length).toBe(2);
    opened.newest().refuse();
    expect(await asked).toEqual({ ok: false, error: { kind: 'refused', reason: 'no' } });
    expect(opened.processes).toHaveLength(expected);
  });

  it('asks a second process when the first one ends, and no third', async () => {
    const { line, processes, newest } = openLine();
    const asked = line.ask(set);
    newest().kill();
    await expect.poll(() => processes.length).toBe(2);
    newest().kill();
    expect(await asked).toEqual({ ok: false, error: { kind: 'gone' } });
    expect(processes).toHaveLength(2);
  });

  it('gives up a process that talks nonsense', async () => {
    const { line, processes, newest } = openLine();
    const asked = line.ask(get);
    newest().say({ hello: 'world' });
    await expect.poll(() => processes.length).toBe(2);
    newest().say('{"id":1}');
    expect(await asked).toEqual({ ok: false, error: { kind: 'gone' } });
    expect(processes.map((process) => process.killed)).toEqual([true, true]);
  });

  it('ends an idle process and starts another for the next question', async () => {
    const opened = openLine();
    await prove(opened);
    opened.pass(times.idleMs);
    expect(opened.processes[0]?.killed).toBe(true);
    await prove(opened);
    expect(opened.processes).toHaveLength(2);
  });

  it('fails at the deadline, leaves the process alone for a while, then ends it and tells nobody', async () => {
    const { line, processes, late, pass, newest } = openLine();
    const asked = line.ask(get);
    pass(times.deadlineMs);
    expect(await asked).toEqual({ ok: false, error: { kind: 'silent' } });
    expect(await line.ask(get)).toEqual({ ok: false, error: { kind: 'silent' } });
    expect([processes.length, newest().killed]).toEqual([1, false]);
    pass(times.patienceMs);
    expect([newest().killed, late]).toEqual([true, []]);
    const next = line.ask(get);
    newest().answer('x');
    expect(await next).toEqual({ ok: true, value: 'x' });
    expect(processes).toHaveLength(2);
  });

  it.each([
    { what: 'a value read', question: get, value: 'x', works: true },
    { what: 'nothing read', question: get, value: null, works: false },
    { what: 'a write', question: set, value: null, works: true },
    { what: 'something deleted', question: remove, value: true, works: true },
    { what: 'nothing deleted', question: remove, value: false, works: false },
  ])('takes a late answer, $what, as proof: $works', async ({ question, value, works }) => {
    const { line, processes, late, pass, newest } = openLine();
    const asked = line.ask(question);
    pass(times.deadlineMs);
    await asked;
    newest().answer(value);
    expect(late).toEqual([works]);
    const next = line.ask(get);
    newest().answer('x');
    expect(await next).toEqual({ ok: true, value: 'x' });
    expect(processes).toHaveLength(1);
  });

  it.each([
    {
      what: 'a late refusal',
      end: (process: KeychainProcessDouble) => {
        process.refuse();
      },
    },
    {
      what: 'a late end',
      end: (process: KeychainProcessDouble) => {
        process.kill();
      },
    },
  ])('tells $what once, and uses a new process', async ({ end }) => {
    const { line, processes, late, pass, newest } = openLine();
    const asked = line.ask(get);
    pass(times.deadlineMs);
    await asked;
    end(newest());
    expect([late, newest().killed]).toEqual([[false], true]);
    const next = line.ask(get);
    newest().answer(null);
    expect(await next).toEqual({ ok: true, value: null });
    expect(processes).toHaveLength(2);
  });
});
