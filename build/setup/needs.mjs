/** What a test or a bench can need of the machine, and the Debian packages that bring it. */
import { browserPackages, desktopPackages, keychainPackages } from './apt-packages.mjs';

/**
 * - `keychain`: keytar, and the library it talks to
 * - `desktop`: the throw-away desktop of e2e/desktop, Debian only
 * - `chromium`: a browser for the window, and what reads a QR code off it
 * - `linux`: proven there only
 * - `build`: dist/
 * - `openclaw`: the gateway, installed into the cache folder
 * @typedef {keyof typeof packagesFor} Need
 */

const packagesFor = /** @satisfies {Readonly<Record<string, readonly string[]>>} */ ({
  keychain: keychainPackages,
  desktop: desktopPackages,
  chromium: browserPackages,
  linux: [],
  build: [],
  openclaw: [],
});

/**
 * @param {readonly Need[]} needs
 * @returns {readonly string[]} each once
 */
export function debianPackagesFor(needs) {
  return [...new Set(needs.flatMap((need) => packagesFor[need]))];
}
