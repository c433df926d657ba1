/** Sentences about contacts, devices and nodes that the core answers with, or that several views need. */
export const peopleErrorTexts = {
  own: 'That is this Portcullis itself. It cannot be removed from here.',
  elevationNeeded: 'This needs administrator rights. Confirm them first; nothing was changed.',
  notThere: 'The gateway does not list this any more. Look again.',
  listUnreadable: 'The gateway’s list of devices could not be read. Nothing was changed.',
  refused: 'The gateway refused this. Nothing was changed.',
  notConfirmed: 'The gateway has not confirmed this. Look again to see whether it happened.',
  connectionLost:
    'The connection was lost before the gateway answered. Look again to see whether it happened.',
  unsupported: 'This gateway does not offer this. Update OpenClaw.',
  contactNeedsPlugin:
    'The gateway offers no way to take back an approval by pairing. Set up the send guard: its plugin adds one.',
  noOwnToken: 'The gateway gave Portcullis no device token of its own, so there is nothing to replace.',
  tokenNotKept:
    'The token was replaced, but the new one could not be kept in the keychain. Portcullis signs in another way.',
  addressNotUnderstood:
    'This sender’s address cannot be understood, so it cannot be blocked. Nothing was changed; Deny still works.',
  gone: 'This request is no longer waiting.',
  deniedNotBlocked: (why: string): string => `Denied, but not blocked: ${why}`,
  removedNotBlocked: (why: string): string => `Removed, but not blocked: ${why}`,
} as const;

/** What blocking somebody does not do. */
export const blockTexts = {
  gateway:
    'The gateway itself knows no block: it still answers each of their messages with a pairing code, unless strict mode is on.',
} as const;

/** Written into the rules beside a blocked person. */
export const blockedNotes = {
  request: 'Blocked when they asked to be let in',
  contact: 'Blocked when their approval was taken back',
} as const;
