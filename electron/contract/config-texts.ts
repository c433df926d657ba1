/** Sentences about changing the gateway's config, the silence switch and the channel policies. */
import type { SilenceMode } from './silence.ts';

export const configErrorTexts = {
  notConnected: 'Not connected to the gateway. Nothing was changed; try again when connected.',
  screenLocked: 'The screen is locked. Unlock it, then change this.',
  busy: 'Another change of the gateway’s settings is under way. Wait until it is done.',
  stalePlan: 'This preview is out of date. Look at the changes again, then apply.',
  notConfirmed: 'This needs your explicit confirmation. Read the preview, confirm, then apply.',
  tooMany: 'Too many changes in a short time: the gateway takes 30 a minute. Wait a minute, then try again.',
  configUnread: 'The gateway did not say what its settings are. Nothing was changed; try again.',
  rejected: (where: string, why: string): string =>
    `The gateway does not accept this (${where}: ${why}). It was put back as it was.`,
  rejectedNotUndone: (where: string, problem: string): string =>
    `The gateway does not accept this (${where}), and it could not be put back: ${problem}`,
  notTakenOver:
    'It is written in the gateway’s config, but the gateway has not said that it runs with it. Look again in a moment; undo takes it back.',
  unexpected: 'Something unexpected happened; details are in the log.',
  stopped: 'Portcullis was stopped before the gateway confirmed the change.',
  dialect: (path: string, line: number, what: string): string =>
    `Line ${String(line)} of ${path} uses ${what}, so Portcullis leaves the file alone.`,
  historyGone: 'This change is no longer in the history.',
  undoneAlready: 'This change was taken back already.',
  otherGateway: 'This change was made in the config of another gateway.',
  changedSince: (path: string): string =>
    `${path} was changed since by somebody else, so this change is not taken back. Edit it by hand if you want to.`,
} as const;

/** The gateway is on another machine. */
export const remoteConfigTexts = {
  /** @param commands each a line of a shell there */
  runThere: (commands: readonly string[]): string =>
    `This gateway runs on another machine and gives Portcullis no administrator rights from here. Nothing was changed. Run there: ${commands.join(' && ')}`,
  notValid:
    'The gateway does not accept its own config now, so Portcullis leaves it alone. Mend it there first.',
  notPatchable: (path: string): string =>
    `${path} holds something that cannot be changed from another machine, a secret for example. Change it there.`,
  noRestart:
    'This gateway cannot be restarted from here, which a change from another machine needs. Nothing was changed; change it there.',
  refused: (why: string): string => `The gateway did not take it: ${why} Nothing was changed.`,
  lost: 'The connection was lost before the gateway took the change. Look again, then try again.',
  notRestarted:
    'It is written in the gateway’s config and holds, but the gateway has not restarted yet. Until it does, the assistant’s tools may fail in this channel. Restart it there: openclaw gateway restart',
  noEnd:
    'An end time works only on the gateway’s own machine: the gateway restarts for each change from here. Choose no end.',
} as const;

export const owedRestartTexts = {
  title: 'The gateway still has to restart',
  says: 'A change of its settings was sent, and it has not restarted since. Until it does, the assistant’s tools may fail in the changed channel.',
  restarting: 'The gateway finishes its running work and restarts…',
  notOwed: 'The gateway has restarted already. There is nothing to do.',
  noRights:
    'Portcullis could not get administrator rights for this. Restart it there: openclaw gateway restart',
  refused: 'The gateway did not take the request. Restart it there: openclaw gateway restart',
  notSeen:
    'The gateway was asked, but has not been seen to restart. Wait for its running work to end, or restart it there: openclaw gateway restart',
} as const;

/** A part of the config that lives in another file is left alone; `changes` are to be made there by hand. */
export function includedConfigText(included: {
  readonly path: readonly string[];
  readonly files: readonly string[];
  readonly line: number | null;
  readonly configPath: string;
  readonly changes: readonly string[];
}): string {
  const { path, files, line, configPath, changes } = included;
  const what = path.length === 0 ? 'The config' : path.join('.');
  const where = line === null ? configPath : `line ${String(line)} of ${configPath}`;
  return `${what} comes from ${files.join(', ')}, included by ${where}, so Portcullis leaves it alone. Change it by hand: ${changes.join('; ')}.`;
}

export const silenceErrorTexts = {
  noAccount: 'The gateway has no such iMessage account any more. Look again.',
  alreadySo: 'It is like that already.',
  untilPast: 'The end time is in the past. Choose a later one.',
  untilNothing: 'Nothing would change, so there is nothing to end. Choose another mode first.',
  contactsUnread:
    'The contacts approved by pairing could not be read, so nobody can tell who would be locked out. Nothing was changed.',
  strictNeeded: 'Strict mode has to be on for this account first: only it can hold the automatic reply back.',
  pluginNeeded: 'The send guard has to be installed in the gateway first.',
  makesApprovers:
    'Say first where OpenClaw shall ask about commands: whoever is carried over could approve them.',
  lookFirst: 'Look at it first: choose it at “Strangers on iMessage”, on the Requests page.',
  nothingToUndo: 'There is nothing to go back to.',
} as const;

export const silenceNoticeTexts = {
  ended: (account: string): string => `Silence on iMessage (${account}) ended as planned.`,
  notEnded: (account: string, why: string): string =>
    `Silence on iMessage (${account}) should have ended, but was left as it is: ${why}`,
  notFromTray: (mode: string, why: string): string => `“${mode}” was not switched on from the tray. ${why}`,
} as const;

export const silenceModeTexts: Readonly<
  Record<SilenceMode, { readonly name: string; readonly says: string }>
> = {
  answer: {
    name: 'Answer with a code',
    says: 'Strangers get a reply with a pairing code, and learn that an assistant lives here.',
  },
  ask: { name: 'Silent, ask me', says: 'Strangers get no reply; you are asked whether to let them in.' },
  ignore: { name: 'Silent, ignore', says: 'Strangers get no reply, and you are not asked.' },
};

export const answersAgainTexts = {
  title: 'Strangers may be answered again',
  says: 'Strangers may get a reply again, and learn that an assistant lives here, or be let in.',
} as const;

export const silenceTrayTexts = {
  title: 'Strangers on iMessage',
  titleOf: (account: string): string => `Strangers on iMessage (${account})`,
  current: (name: string): string => `✓ ${name}`,
  other: (dmPolicy: string): string => `Now: ${dmPolicy}`,
  working: 'Changing…',
  until: (when: string): string => `Holds until ${when}`,
} as const;

export const channelErrorTexts = {
  noAccount: 'The gateway has no such channel account any more. Look again.',
  noSetting: (key: string): string => `This channel has no setting ${key}.`,
  notAllowed: (key: string, allowed: readonly string[]): string =>
    `${key} can be: ${allowed.join(', ')}. Nothing was changed.`,
  listWanted: (key: string): string => `${key} is a list of people. Nothing was changed.`,
  wordWanted: (key: string): string => `${key} is one word. Nothing was changed.`,
  openNeedsEveryone:
    'The gateway takes dmPolicy open only together with * in allowFrom. Add * to allowFrom, or choose another policy.',
} as const;
