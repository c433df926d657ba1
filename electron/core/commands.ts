/** What each command from a window does. Input is parsed already; every answer is a Result. */
import type { CommandHandlers } from '../contract/api.ts';
import { ok, type Result } from '../contract/result.ts';
import { isSameChoice } from '../contract/gateway-choice.ts';
import type { GatewayChoice, SettingsPatch } from '../contract/settings.ts';
import type { AppSnapshot } from '../contract/snapshot.ts';
import type { Channels } from './channels/channels.ts';
import type { OwedRestart } from './config/owed-restart.ts';
import type { Credentials } from './credentials/credentials.ts';
import type { Connection } from './gateway/connection.ts';
import type { GuardHandlers } from './guard/guard-commands.ts';
import type { LoginItem } from './login-item-ports.ts';
import type { People } from './people/people.ts';
import type { AnswerSender } from './requests/answer-sender.ts';
import type { Inbox } from './requests/inbox.ts';
import type { Silence } from './silence/silence.ts';
import { exportSettings, planImport, readExported } from './settings/settings-transfer.ts';
import { clearOld } from './strangers/clear-old.ts';
import type { SettingsKeeper } from './settings/settings-keeper.ts';
import type { SetupCodes } from './setup-code/setup-codes.ts';

/** Everything that edits the gateway's config. */
export type ConfigHandlers = Silence['handlers'] & Channels['handlers'] & OwedRestart['handlers'];

export interface CommandParts {
  readonly snapshot: () => AppSnapshot;
  readonly setupCodes: Pick<SetupCodes, 'create' | 'forget'>;
  readonly sender: Pick<AnswerSender, 'approve' | 'deny' | 'answerSend'>;
  readonly inbox: Pick<Inbox, 'sendText'>;
  readonly guard: GuardHandlers;
  readonly settings: SettingsKeeper;
  readonly people: Pick<People, 'handlers'>;
  readonly config: ConfigHandlers;
  readonly loginItem: LoginItem;
  /** Ask the gateway for what it does not announce. */
  readonly lookAgain: () => void;
  readonly connection: Pick<Connection, 'retry' | 'setToken'>;
  readonly chooseGateway: (choice: GatewayChoice) => void;
  readonly credentials: Pick<Credentials, 'useSession'>;
  readonly dismissNotice: (id: string) => void;
  /** Something that is shown changed. */
  readonly onChange: () => void;
  readonly putWindowAway: () => void;
  readonly quit: () => void;
}

export function createHandlers(parts: CommandParts): CommandHandlers {
  const { sender, connection } = parts;
  return {
    ...parts.people.handlers,
    ...parts.config,
    'snapshot.get': async () => ok(parts.snapshot()),
    'request.approve': async (input) => sender.approve(input),
    'request.deny': async (input) => sender.deny(input),
    'setupCode.create': async (input) => parts.setupCodes.create(input),
    'setupCode.forget': async () => {
      parts.setupCodes.forget();
      return ok(null);
    },
    'requests.clearOld': async ({ requests }) => clearOld(requests, { deny: (input) => sender.deny(input) }),
    'send.answer': async (input) => sender.answerSend(input),
    'send.text': async (input) => parts.inbox.sendText(input),
    ...parts.guard,
    'requests.refresh': async () => {
      parts.lookAgain();
      return ok(null);
    },
    'connection.retry': async () => {
      connection.retry();
      return ok(null);
    },
    'connection.setToken': async ({ token }) => connection.setToken(token),
    'keychain.useSession': async () => {
      parts.credentials.useSession();
      return ok(null);
    },
    'settings.patch': async (patch) => patchSettings(parts, patch),
    'settings.export': async () => ok(exportSettings(parts.settings.current)),
    'settings.planImport': async ({ text }) => planImport(text, parts.settings.current),
    'settings.import': async ({ text }) => {
      const read = readExported(text);
      return read.ok ? patchSettings(parts, read.value) : read;
    },
    'loginItem.read': async () => parts.loginItem.read(),
    'loginItem.set': async ({ on }) => parts.loginItem.set(on),
    'notice.dismiss': async ({ id }) => {
      parts.dismissNotice(id);
      return ok(null);
    },
    'window.putAway': async () => {
      parts.putWindowAway();
      return ok(null);
    },
    'app.quit': async () => {
      parts.quit();
      return ok(null);
    },
  };
}

function patchSettings(parts: CommandParts, patch: SettingsPatch): Result<null> {
  const before = parts.settings.current.gateway;
  const patched = parts.settings.patch(patch);
  if (!patched.ok) return patched;
  const after = parts.settings.current.gateway;
  if (!isSameChoice(before, after)) parts.chooseGateway(after);
  parts.onChange();
  return ok(null);
}
