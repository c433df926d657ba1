/** Sentences of the guard page that depend on what is set up. */
import type {
  GuardedAccountView,
  GuardPluginView,
  GuardSetupInput,
  GuardSetupStep,
  SelfTestView,
} from '../../electron/contract/guard/guard-view.ts';
import { strictAccountName } from '../rules/account-name.ts';

/** Was set up here, and is not there any more. */
const goneWords = 'Set up here, but gone:';

/** @param gone see `GuardView.missing` */
export function pluginSentence(plugin: GuardPluginView, gone: boolean): string {
  switch (plugin.state) {
    case 'unknown':
      return 'Not known while the gateway is not connected.';
    case 'absent':
      if (gone) return `${goneWords} messages leave without being checked.`;
      return 'Not installed: messages leave without being checked.';
    case 'present':
      switch (plugin.match) {
        case 'same':
          return `Installed, version ${plugin.version}.`;
        case 'older':
          return `Version ${plugin.version} is installed, older than the one this app brings. Update it.`;
        case 'newer':
          return `Version ${plugin.version} is installed, newer than this app knows. Update Portcullis.`;
      }
  }
}

/** @param gone see `GuardView.missing` */
export function strictSentence(strict: GuardedAccountView['strict'], gone: boolean): string {
  return gone
    ? `${goneWords} messages the plugin cannot see leave without being checked.`
    : strictSentences[strict];
}

const strictSentences: Readonly<Record<GuardedAccountView['strict'], string>> = {
  on: 'On.',
  off: 'Off.',
  outdated: 'On, but older than the one this app brings. Update it.',
  broken:
    'Broken: OpenClaw is told to use it, but its files are missing. Nothing can be sent until it is repaired.',
  unknown: 'Not known: it can only be seen on the gateway’s own machine.',
  'not-offered': 'Not offered on this channel.',
};

type SetupWords = Readonly<Record<GuardSetupInput['action'], string>>;

const pluginQuestions: SetupWords = {
  install: 'Install the guard plugin?',
  update: 'Update the guard plugin?',
  remove: 'Remove the guard plugin?',
};

export function setupQuestion(input: GuardSetupInput): string {
  if (input.part === 'plugin') return pluginQuestions[input.action];
  const name = strictAccountName(input.account);
  const questions: SetupWords = {
    install: `Switch on strict mode for ${name}?`,
    update: `Update strict mode for ${name}?`,
    remove: `Switch off strict mode for ${name}?`,
  };
  return questions[input.action];
}

export const confirmLabels: Readonly<Record<GuardSetupInput['part'], SetupWords>> = {
  plugin: { install: 'Install', update: 'Update', remove: 'Remove' },
  strict: { install: 'Switch on', update: 'Update', remove: 'Switch off' },
};

/** What is being set up, as the beginning of a sentence. */
export function setupSubject(input: GuardSetupInput): string {
  return input.part === 'plugin' ? 'The guard plugin' : `Strict mode for ${strictAccountName(input.account)}`;
}

export const doneWords: Readonly<Record<GuardSetupInput['part'], SetupWords>> = {
  plugin: { install: 'is installed', update: 'is updated', remove: 'is removed' },
  strict: { install: 'is on', update: 'is updated', remove: 'is off' },
};

export const steps: readonly { readonly step: GuardSetupStep; readonly words: string }[] = [
  { step: 'files', words: 'Putting the files in place' },
  { step: 'config', words: 'Changing the gateway’s config' },
  { step: 'waiting-for-gateway', words: 'Waiting for the gateway to take it over' },
  { step: 'self-test', words: 'Testing that a message is really stopped' },
];

export const undoWords = 'Putting everything back as it was';

/** The result of a self-test, one sentence per layer that was tried. */
export function testSentences(
  test: SelfTestView,
): readonly { readonly good: boolean; readonly text: string }[] {
  return [
    ...(test.plugin === 'not-tested'
      ? []
      : [{ good: test.plugin === 'stopped', text: layerSentence('The guard plugin', test.plugin) }]),
    ...test.strict.map(({ account, result }) => ({
      good: result === 'stopped',
      text: layerSentence(`Strict mode for ${strictAccountName(account)}`, result),
    })),
  ];
}

function layerSentence(subject: string, result: 'stopped' | 'not-stopped'): string {
  return result === 'stopped'
    ? `${subject} stopped the test message.`
    : `${subject} did not stop the test message. Do not rely on it.`;
}
