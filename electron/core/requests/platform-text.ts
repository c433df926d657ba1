/** What a device says it runs on, in the words people know. */
import type { DisplayText } from '../../contract/display-text.ts';
import { optionalText } from './display-text.ts';

/** Node's names, which our own devices and OpenClaw's report; anything else is shown as it came. */
const names: ReadonlyMap<string, string> = new Map([
  ['darwin', 'macOS'],
  ['macos', 'macOS'],
  ['win32', 'Windows'],
  ['windows', 'Windows'],
  ['linux', 'Linux'],
  ['ios', 'iOS'],
  ['android', 'Android'],
]);

interface Reported {
  readonly deviceFamily?: string | undefined;
  readonly platform?: string | undefined;
}

/** @param longest characters shown */
export function platformText({ deviceFamily, platform }: Reported, longest: number): DisplayText | null {
  const said = deviceFamily ?? platform;
  return optionalText(said === undefined ? said : (names.get(said) ?? said), longest);
}
