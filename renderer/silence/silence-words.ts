/** Sentences about what strangers get on iMessage. */
import { silenceModeTexts } from '../../electron/contract/config-texts.ts';
import type { SilenceAccountView, SilenceMode, SilenceView } from '../../electron/contract/silence.ts';
import { accountName } from '../rules/account-name.ts';

export function modeName(mode: SilenceMode | 'other'): string {
  return mode === 'other' ? 'Set by hand' : silenceModeTexts[mode].name;
}

/** One sentence: what a stranger gets, and whether the owner hears of it. */
export function nowSentence({ mode, dmPolicy }: SilenceAccountView): string {
  return mode === 'other'
    ? `The gateway’s config says dmPolicy “${dmPolicy}”. Portcullis leaves that as it is.`
    : silenceModeTexts[mode].says;
}

export const silenceQuestions: Readonly<Record<SilenceMode, (name: string) => string>> = {
  answer: (name) => `Answer strangers on ${name} with a code?`,
  ask: (name) => `Silence strangers on ${name}, and ask you?`,
  ignore: (name) => `Silence strangers on ${name}, and ignore them?`,
};

/** The switch exists for iMessage only. */
export function silenceName({ accountShown }: Pick<SilenceAccountView, 'accountShown'>): string {
  return accountName({ channel: 'imessage', account: accountShown.text });
}

export const wildcardText =
  'Everybody is let in, because * is in allowFrom. Silence means nothing until it is taken out.';

type Unavailable = Extract<SilenceView, { readonly state: 'unavailable' }>;

const unavailableTexts: Readonly<Record<Unavailable['reason'], string>> = {
  'not-connected': 'Not known while the gateway is not connected.',
  'no-imessage': 'This gateway has no iMessage account.',
  unreadable: 'The gateway’s config could not be read.',
};

export function unavailableSentence({ reason, message }: Unavailable): string {
  return message ?? unavailableTexts[reason];
}
