/**
 * What one event costs in the inbox at 100, 10,000 and 100,000 open requests. `event` is everything that happens in
 * the product: raw payload read, applied, next wake-up and the visible list computed; its target is that 100,000 cost
 * at most 1.2 times as much as 100. `queue alone` is only the applying, where the processor's caches show. The sizes
 * take turns in small batches of one run, so that a busy machine slows all of them alike.
 */
import { GatewayClock } from '../../electron/core/requests/gateway-clock.ts';
import { Inbox, inboxTimes } from '../../electron/core/requests/inbox.ts';
import { readEvent, type InboxNews } from '../../electron/core/requests/read.ts';
import type { GatewayEvent } from '../../electron/core/ports.ts';
import { keepLines, lineOf, type BenchLine } from './bench-line.ts';

const sizes = [100, 10_000, 100_000] as const;
const target = 1.2;
const rounds = 1_200;
const warmUpRounds = 200;
const eventsPerBatch = 20;
const visible = 50;
const clock = { now: () => Date.now() };
const gatewayClock = new GatewayClock(clock);

interface Bench {
  readonly size: number;
  readonly inbox: Inbox;
  /** Ids of open requests, in no particular order. */
  readonly open: string[];
  /** Microseconds per event, one entry per batch. */
  readonly eventCosts: number[];
  readonly queueCosts: number[];
  made: number;
}

function newBench(size: number): Bench {
  const inbox = new Inbox({
    clock,
    ...inboxTimes,
    held: () => ({ scopes: ['operator.read', 'operator.write', 'operator.pairing'], ownDeviceOnly: false }),
    ownDeviceId: () => null,
    sendGate: () => 'open',
  });
  inbox.connected();
  const bench: Bench = { size, inbox, open: [], eventCosts: [], queueCosts: [], made: 0 };
  while (bench.open.length < size) apply(inbox, read(requestArrives(bench)));
  return bench;
}

function requestArrives(bench: Bench): GatewayEvent {
  bench.made += 1;
  const requestId = `request-${String(bench.made)}-0000-0000-0000-000000000000`;
  bench.open.push(requestId);
  const payload = {
    requestId,
    nodeId: '84a0aabbccddeeff84a0aabbccddeeff84a0aabbccddeeff84a0aabbccdd6cbc',
    displayName: `Node ${String(bench.made)}`,
    platform: 'linux',
    deviceFamily: 'Linux',
    caps: ['system'],
    commands: ['system.run', 'system.which'],
    requiredApproveScopes: ['operator.pairing', 'operator.admin'],
    permissions: { 'camera.capture': true },
    silent: true,
    ts: clock.now(),
  };
  return { name: 'node.pair.requested', payload };
}

/** One of the open requests, far from the one before, is answered by someone else. */
function requestResolved(bench: Bench): GatewayEvent {
  const at = (bench.made * 7_919) % bench.open.length;
  const requestId = bench.open[at];
  const last = bench.open.pop();
  if (last !== undefined && at < bench.open.length) bench.open[at] = last;
  return {
    name: 'node.pair.resolved',
    payload: { requestId, nodeId: 'n', decision: 'rejected', ts: clock.now() },
  };
}

function read(event: GatewayEvent): InboxNews {
  const news = readEvent(event, gatewayClock);
  if (news === null) throw new Error(`The inbox does not know ${event.name}.`);
  return news;
}

function apply(inbox: Inbox, news: InboxNews): void {
  if (news.type === 'requested') inbox.applyRequested(news.request);
  else if (news.type === 'resolved') inbox.applyResolved(news.kind, news.id, news.decision, news.at);
  else throw new Error(`The bench made news that changes nothing: ${news.type}`);
}

/** @returns microseconds per item */
function timed<T>(items: readonly T[], run: (item: T) => void): number {
  const started = process.hrtime.bigint();
  for (const item of items) run(item);
  return Number(process.hrtime.bigint() - started) / 1_000 / items.length;
}

function batchOf(bench: Bench): readonly GatewayEvent[] {
  const pairs = Array.from({ length: eventsPerBatch / 2 }, () => [
    requestArrives(bench),
    requestResolved(bench),
  ]);
  return pairs.flat();
}

function runRound(bench: Bench): void {
  const { inbox } = bench;
  const event = timed(batchOf(bench), (raw) => {
    apply(inbox, read(raw));
    inbox.nextWake();
    inbox.views(visible);
  });
  bench.eventCosts.push(event);
  const news = batchOf(bench).map(read);
  bench.queueCosts.push(timed(news, (each) => apply(inbox, each)));
  if (inbox.views(visible).openCount !== bench.size) throw new Error('The inbox lost count.');
}

/** Each round is compared with the same round at the smallest size. */
function lines(
  name: string,
  costsOf: (bench: Bench) => readonly number[],
  value: number | null,
): readonly BenchLine[] {
  const all = benches.map((bench) => ({ size: bench.size, costs: costsOf(bench).slice(warmUpRounds) }));
  const smallest = all[0];
  if (smallest === undefined) throw new Error('Nothing was measured.');
  const sizeOf = (size: number): string => size.toLocaleString('en');
  return all.map(({ size, costs }) =>
    lineOf({
      name: `${name} at ${sizeOf(size)} requests`,
      unit: 'µs',
      measured: costs,
      baseline:
        size === smallest.size
          ? null
          : { name: `the same at ${sizeOf(smallest.size)}`, samples: smallest.costs, paired: true },
      target: value === null || size === smallest.size ? null : { of: 'ratio', bound: 'at-most', value },
    }),
  );
}

const benches = sizes.map(newBench);
for (let round = 0; round < rounds; round += 1) {
  // Each size goes first equally often.
  for (const turn of sizes.keys()) {
    const bench = benches[(round + turn) % benches.length];
    if (bench !== undefined) runRound(bench);
  }
}
await keepLines('inbox', [
  ...lines('inbox, one event', (bench) => bench.eventCosts, target),
  ...lines('inbox, queue alone', (bench) => bench.queueCosts, null),
]);
