import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { claimOnce, newAllowanceId } from '../store/claims.ts';
import { addToSpool, removeSpooled } from '../store/spool.ts';
import { watchSpool } from './spool-watch.ts';
import { createStoppedSends, stoppedSend } from './stopped-sends.fixture.ts';
import type { StoppedSends } from './stopped-sends.fixture.ts';

let bench: StoppedSends;
let news: string[];
let stop: () => void;

beforeEach(() => {
  bench = createStoppedSends();
  news = [];
  stop = watchSpool(bench.parts.files, {
    stopped: ({ id }) => news.push(`stopped ${id}`),
    sent: (id) => news.push(`sent ${id}`),
  });
});
afterEach(async () => {
  stop();
  await bench.remove();
});

const heard = (line: string): Promise<void> =>
  vi.waitFor(() => {
    expect(news).toContain(line);
  });

it.each(['imsg-guard', 'command'] as const)(
  'tells what %s stopped, and that a send was carried out',
  async (layer) => {
    const { files } = bench.parts;
    const send = stoppedSend({ layer });
    addToSpool(files, send);
    await heard(`stopped ${send.id}`);
    claimOnce(files, newAllowanceId(send.id));
    removeSpooled(files, send.id);
    await heard(`sent ${send.id}`);
  },
);

it('says nothing about sends that were denied, or stopped by the plugin itself', async () => {
  const { files } = bench.parts;
  const ours = stoppedSend();
  addToSpool(files, ours);
  removeSpooled(files, ours.id);
  const last = stoppedSend({ layer: 'imsg-guard' });
  addToSpool(files, last);
  await heard(`stopped ${last.id}`);
  expect(news.filter((line) => line.includes(ours.id))).toEqual([]);
});
