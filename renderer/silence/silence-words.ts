/** Sentences about what strangers get on iMessage. */
import type { SilenceAccountView, SilenceMode, SilenceView } from '../../electron/contract/silence.ts';
import { accountName } from '../rules/account-name.ts';

export const modeLabels: Readonly<Record<SilenceMode | 'other', string>> = {
  answer: 'Answer with a code',
  ask: 'Silent, ask me',
  ignore: 'Silent, ignore',
  other: 'Set by hand',
};

/** One sentence per state: what a stranger gets, and whether the owner hears of it. */
export const modeSentences: Readonly<Record<SilenceMode, string>> = {
  answer: 'A stranger gets a pairing code and learns that an assistant lives here. You are asked.',
  ask: 'A stranger gets no answer. You are asked.',
  ignore: 'A stranger gets no answer, and you are not asked.',
};

export function nowSentence({ mode, dmPolicy }: SilenceAccountView): string {
  return mode === 'other'
    ? `The gateway’s config says dmPolicy “${dmPolicy}”. Portcullis leaves that as it is.`
    : modeSentences[mode];
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
  remote: 'This gateway runs on another machine. Switch it there.',
  'no-imessage': 'This gateway has no iMessage account.',
  unreadable: 'The gateway’s config could not be read.',
};

export function unavailableSentence({ reason, message }: Unavailable): string {
  return message ?? unavailableTexts[reason];
}

/** Strict mode is what swallows the gateway's answer; null: it does. */
export function strictProblem({ mode, strict }: SilenceAccountView): string | null {
  if (mode !== 'ask' || strict === 'on' || strict === 'outdated') return null;
  return strict === 'broken'
    ? 'Strict mode is broken, so nothing at all can be sent on this account until it is repaired.'
    : 'Strict mode is not on, so strangers still get a code.';
}
