/** Taking settings to another computer. There is no secret in them: those stay in the keychain of each. */

/** Longer than any settings can be. */
export const mostSettingsText = 100_000;

export interface ExportedSettings {
  readonly fileName: string;
  readonly text: string;
}

export interface SettingChange {
  readonly label: string;
  /** In words, as display text. */
  readonly before: string;
  readonly after: string;
}

export interface ImportPlan {
  /** Empty: it holds what is set already. */
  readonly changes: readonly SettingChange[];
}

export const transferTexts = {
  notJson: 'This is no settings file of Portcullis: it is not JSON. Nothing was changed.',
  newer: 'This file was written by a newer Portcullis. Update this one first. Nothing was changed.',
  damaged: (where: string): string =>
    `This is no settings file of Portcullis, or it is damaged (${where}). Nothing was changed.`,
  tooLong: 'This file is larger than any settings. Nothing was changed.',
} as const;
