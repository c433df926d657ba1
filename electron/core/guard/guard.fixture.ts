/** The guard's parts over one scripted gateway and machine, for tests to drive. */
import { fail, ok } from '../../contract/result.ts';
import type { GuardSetupView } from '../../contract/guard/guard-view.ts';
import type { Notice } from '../../contract/snapshot.ts';
import type { Call } from '../gateway/calls.ts';
import { silentLogger, TimersDouble } from '../gateway/outside.double.ts';
import { localFailure } from '../gateway/local-failure.ts';
import { Notices } from '../notices.ts';
import { GuardCalls } from './guard-calls.ts';
import { GuardInstallerDouble } from './guard-installer.double.ts';
import { GuardKeeper } from './guard-keeper.ts';
import { GuardNotices } from './guard-notices.ts';
import { GuardPluginDouble } from './guard-plugin.double.ts';

export interface GuardWorld {
  readonly plugin: GuardPluginDouble;
  readonly installer: GuardInstallerDouble;
  readonly timers: TimersDouble;
  readonly calls: GuardCalls;
  readonly keeper: GuardKeeper;
  readonly asked: readonly string[];
  readonly news: readonly string[];
  readonly notices: () => readonly Notice[];
  readonly request: Call;
  readonly local: { now: boolean };
  /** The code calls fail with, all or those to one method; and what every answer waits for. */
  readonly instead: { failure: string | null; only: string | null; answer: Promise<unknown> | null };
}

export function guardWorld(): GuardWorld {
  const plugin = new GuardPluginDouble();
  const installer = new GuardInstallerDouble();
  const timers = new TimersDouble();
  const notices = new Notices(null);
  const local = { now: true };
  const instead: GuardWorld['instead'] = { failure: null, only: null, answer: null };
  const asked: string[] = [];
  const news: string[] = [];
  const request: GuardWorld['request'] = async (method, params) => {
    asked.push(method);
    if (instead.answer !== null) await instead.answer;
    if (instead.failure !== null && method.endsWith(instead.only ?? ''))
      return fail(localFailure(instead.failure, 'scripted'));
    return plugin.answer(method, params) ?? ok({});
  };
  const calls = new GuardCalls(request);
  const tell = (what: string) => (): void => {
    news.push(what);
  };
  const keeper = new GuardKeeper({
    calls,
    installer,
    timers,
    logger: silentLogger,
    notices: new GuardNotices(notices, tell('notice')),
    isLocal: () => local.now,
    onChange: tell('change'),
    onOffer: tell('offer'),
    onGone: tell('gone'),
  });
  return {
    plugin,
    installer,
    timers,
    calls,
    keeper,
    asked,
    news,
    notices: () => notices.list,
    request,
    local,
    instead,
  };
}

export function working(part: 'plugin' | 'strict', action: 'install' | 'update' | 'remove'): GuardSetupView {
  const input = part === 'plugin' ? { part, action } : { part, action, account: 'default' };
  return { state: 'working', input, step: 'config' };
}
