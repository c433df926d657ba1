/** Holds the settings in force: read once, changed by patches, written before they count. */
import type { Result } from '../../contract/result.ts';
import { ok } from '../../contract/result.ts';
import type { Settings, SettingsPatch } from '../../contract/settings.ts';
import type { SettingsFile } from '../ports.ts';

export class SettingsKeeper {
  readonly #file: SettingsFile;
  #settings: Settings;
  /** Where a damaged file was put at the start, or null. */
  readonly keptAside: string | null;

  constructor(file: SettingsFile) {
    this.#file = file;
    const { settings, keptAside } = file.read();
    this.#settings = settings;
    this.keptAside = keptAside;
  }

  get current(): Settings {
    return this.#settings;
  }

  /** What could not be written does not come into force: the owner would lose it at the next start. */
  patch(patch: SettingsPatch): Result<null> {
    const next = { ...this.#settings, ...patch };
    const written = this.#file.write(next);
    if (!written.ok) return written;
    this.#settings = next;
    return ok(null);
  }
}
