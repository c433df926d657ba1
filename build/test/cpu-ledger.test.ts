import { describe, expect, it } from 'vitest';
import { CpuLedger } from './cpu-ledger.ts';
import type { Processes, ProcessTimes } from './processes.ts';

/** pid: parent, own seconds, seconds of children it waited for, number of the start */
function reading(rows: Readonly<Record<number, readonly [number, number, number?, number?]>>): Processes {
  return new Map(
    Object.entries(rows).map(([pid, [parent, own, reaped = 0, started = 1]]): [number, ProcessTimes] => [
      Number(pid),
      { parent, own, reaped, started },
    ]),
  );
}

describe('the processor time of a step', () => {
  it('is that of the whole tree and of nobody else', () => {
    const ledger = new CpuLedger(10);
    ledger.update(reading({ 1: [0, 99], 5: [1, 50], 10: [5, 1], 11: [10, 2], 12: [11, 4], 20: [5, 7] }));
    expect(ledger.seconds).toBe(7);
    ledger.update(reading({ 5: [1, 50], 10: [5, 2], 11: [10, 2], 12: [11, 6], 20: [5, 70] }));
    expect(ledger.seconds).toBe(10);
  });

  it('counts an ended child once, although its parent is told of it, too', () => {
    const ledger = new CpuLedger(10);
    ledger.update(reading({ 10: [5, 1], 11: [10, 4] }));
    ledger.update(reading({ 10: [5, 1, 5] }));
    expect(ledger.seconds).toBe(6);
    ledger.end(6);
    expect(ledger.seconds).toBe(6);
  });

  it('learns of children too short to be seen from the parent that waited for them', () => {
    const ledger = new CpuLedger(10);
    ledger.update(reading({ 10: [5, 1] }));
    ledger.update(reading({ 10: [5, 1, 3] }));
    expect(ledger.seconds).toBe(4);
  });

  it('counts whole branches once when they end between two readings', () => {
    const ledger = new CpuLedger(10);
    ledger.update(reading({ 10: [5, 1], 11: [10, 2], 12: [11, 3] }));
    ledger.update(reading({ 10: [5, 1, 5] }));
    expect(ledger.seconds).toBe(6);
  });

  it('keeps what it saw of a process nobody waited for', () => {
    const ledger = new CpuLedger(10);
    ledger.update(reading({ 10: [5, 1], 11: [10, 2], 12: [11, 3] }));
    ledger.update(reading({ 10: [5, 1, 2] }));
    expect(ledger.seconds).toBe(6);
  });

  it('follows a process that outlives its parent', () => {
    const ledger = new CpuLedger(10);
    ledger.update(reading({ 10: [5, 1], 11: [10, 2], 12: [11, 3] }));
    ledger.update(reading({ 10: [5, 1, 2], 12: [1, 8] }));
    expect(ledger.seconds).toBe(11);
  });

  it('does not take a new process for an ended one with the same number', () => {
    const ledger = new CpuLedger(10);
    ledger.update(reading({ 10: [5, 1], 11: [10, 4] }));
    ledger.update(reading({ 5: [1, 0], 10: [5, 1, 4], 11: [5, 30, 0, 2] }));
    expect(ledger.seconds).toBe(5);
  });

  it('is what the step itself left when it was too short to be read', () => {
    const ledger = new CpuLedger(10);
    ledger.end(2.5);
    expect(ledger.seconds).toBe(2.5);
  });
});
