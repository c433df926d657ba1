/** Starting with the owner's login: not a setting of ours, but an entry of this computer, read and written there. */

export interface LoginItemView {
  /**
   * `on`: this Portcullis starts at login. `other`: an entry of that name starts something else, e.g. a copy in another
   * folder. `not-allowed`: asked for, and switched off in the system's own settings. `unavailable`, `not-installed`:
   * this way of running Portcullis cannot arrange it here.
   */
  readonly state: 'on' | 'off' | 'other' | 'not-allowed' | 'unavailable' | 'not-installed';
  /** What turning it on writes; null where the system keeps a list of its own. */
  readonly writes: { readonly path: string; readonly content: string } | null;
}

export const noLoginItem: LoginItemView = { state: 'unavailable', writes: null };

export const loginItemTexts = {
  label: 'Start at login',
  hint: 'Portcullis waits in the tray from the moment you log in.',
  other: 'Another copy of Portcullis starts at login. Turn this on to start this one instead.',
  unavailable:
    'On this system only the desktop app can start at login. Run Portcullis with Electron to have it.',
  preview: 'What this writes',
  systemList: 'This is kept in your system’s own list of login items.',
  notOurs: (path: string): string =>
    `${path} was not written by Portcullis, so it stays as it is. Move it away, then try again.`,
  notWritten: (path: string, reason: string): string => `${path} could not be written: ${reason}.`,
  notRead: (path: string, reason: string): string => `${path} could not be read: ${reason}.`,
  oddPath: 'Portcullis lies in a folder whose name cannot be written into a login item.',
  notAllowed:
    'Your system does not start it yet: allow Portcullis among the login items (on Windows: startup apps) in your system settings.',
  notInstalled: 'On macOS only the installed Portcullis can start at login, not one that runs from a folder.',
  notTaken: 'Your system did not take it. Look at the login items in your system settings, then try again.',
} as const;
