/** Owns the settings file: one name, place and format for both hosts. Whatever it cannot use, it keeps aside. */
import { appError, fail, ok } from '../../../contract/result.ts';
import { defaultSettings, type Settings } from '../../../contract/settings.ts';
import type { SettingsFile } from '../../../core/ports.ts';
import type { SettingsFormat } from '../../../core/settings/settings-model.ts';
import { loadDocument, saveDocument, type DocumentFileParts } from './document-file.ts';

const storeName = 'settings';

/** A hundred times what settings can take. */
const mostBytes = 100_000;

export interface SettingsFileParts extends Pick<
  DocumentFileParts<Settings>,
  'directory' | 'openStore' | 'clock' | 'logger'
> {
  readonly format: SettingsFormat;
}

export function openSettingsFile({ format, ...parts }: SettingsFileParts): SettingsFile {
  const file: DocumentFileParts<Settings> = {
    ...parts,
    name: storeName,
    mostBytes,
    empty: defaultSettings,
    format: {
      write: format.write,
      read: (document) => {
        const read = format.read(document);
        if (read.ok) return read;
        const why = read.error.kind === 'newer' ? 'newer' : 'corrupt';
        return fail({ why, detail: format.describe(read.error) });
      },
    },
  };
  return {
    read() {
      const { value, keptAside } = loadDocument(file);
      return { settings: value, keptAside };
    },
    write(settings) {
      const saved = saveDocument(file, settings);
      if (saved.ok) return ok(null);
      const message = `Your settings could not be saved in ${parts.directory}: ${saved.error}.`;
      return fail(appError('settings-not-saved', message, true));
    },
  };
}
