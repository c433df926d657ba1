/** Sentences about set-up codes. */
import type { SetupAccess, SetupRefusal } from './setup-code.ts';
import type { Explanation } from './strings.ts';

export const setupAccessTexts: Readonly<
  Record<SetupAccess, { readonly label: string; readonly meaning: string }>
> = {
  limited: {
    label: 'Limited',
    meaning:
      'The phone can chat, answer approvals, use your voice services and offer its camera or location. It cannot change settings.',
  },
  full: {
    label: 'Full',
    meaning: 'The phone can do everything, including changing the gateway’s settings and running commands.',
  },
};

/** `other` is followed by the gateway's own words. */
export const setupRefusalTexts: Readonly<Record<SetupRefusal, Explanation>> = {
  'loopback-only': {
    title: 'A phone cannot reach this gateway yet',
    meaning: 'It listens on its own computer only, so a code would lead nowhere.',
    action:
      'Safest: turn on Tailscale Serve for it (gateway.tailscale.mode = serve). On your own network: gateway.bind = lan. Restart the gateway, then try again.',
  },
  'no-auth': {
    title: 'This gateway makes no codes',
    meaning: 'It lets everybody in without a token or password.',
    action: 'Set gateway.auth.mode to token, restart the gateway, then try again.',
  },
  other: {
    title: 'The gateway did not make a code',
    meaning: 'It gave this reason:',
    action: '',
  },
};

export const setupErrorTexts = {
  elevationNeeded:
    'Making a code takes administrator rights for a moment. Confirm that first; no code was made.',
  elevationFailed:
    'The gateway did not grant the rights this takes. No code was made. On the gateway’s machine, run: openclaw qr',
  notConnected: 'Not connected to the gateway. No code was made; try again when connected.',
  connectionLost: 'The connection was lost before the gateway answered. Try again for a new code.',
  notAnswered: 'The gateway did not answer in time. Try again for a new code.',
  notUnderstood:
    'The gateway answered in a way Portcullis does not understand. On its machine, run: openclaw qr',
  screenLocked: 'The screen is locked. Unlock it, then make the code.',
  underWay: 'A code is being made already.',
  closed: 'The window was closed before the code was ready. It was thrown away.',
} as const;
