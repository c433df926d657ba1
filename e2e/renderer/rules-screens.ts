/** The rules page. */
import { usualKinds } from '../../electron/contract/guard/content/secret-kinds.ts';
import type { RulesView } from '../../electron/contract/guard/guard-view.ts';
import { ok } from '../../electron/contract/result.ts';
import {
  accountRules,
  accountView,
  allowRule,
  guardWith,
  rulesWith,
} from '../../renderer/bridge/guard.double.ts';
import { plain, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import type { PageScreen, PageScreens } from './page-screen.ts';

const hour = 60 * 60_000;
const hostile = `id:${'W'.repeat(300)}`;

/** Every kind of rule, on two channels. */
export const rules = (): RulesView =>
  rulesWith({
    accounts: [
      accountRules({
        allowTo: [
          allowRule('+436641234567', { note: 'Zoë, office', until: Date.now() + hour }),
          allowRule('alice@example.com', { note: 'Alice' }),
          allowRule('group:chat831551415676550949', { note: 'The family' }),
          allowRule('+15551230001'),
        ],
        denyTo: [{ to: 'spam@example.com', note: '' }],
      }),
      accountRules({ channel: 'slack', account: 'team', unlisted: 'deny', allowTo: [allowRule(hostile)] }),
    ],
    blocked: [{ channel: 'imessage', to: '+15550000000', note: 'Rude' }],
    content: {
      kinds: usualKinds,
      own: [{ channel: 'imessage', to: '+436649999999' }],
      exempt: [{ channel: 'imessage', to: 'alice@example.com', kind: 'token' }],
    },
  });

const guard = () =>
  guardWith({ accounts: [accountView(), accountView({ account: 'work', unlisted: null, strict: 'off' })] });

export function rulesScreen(view: RulesView = rules()): PageScreen {
  return {
    snapshot: snapshotWith([], { guard: guard() }),
    section: 'Rules',
    answers: {
      'guard.rules': ok(view),
      'guard.understand': ok({
        understood: true,
        key: '+436641111111',
        kind: 'phone',
        shown: plain('+43 664 1111111'),
      }),
    },
  };
}

export const rulesScreens: PageScreens = { rules: () => rulesScreen() };
