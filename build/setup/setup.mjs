/** What must be on the machine before the app or its tests can run; brings what is missing and says so. */
import {
  installCommand,
  installPackages,
  isDebian,
  keychainPackages,
  mayInstall,
  missingPackages,
} from './apt-packages.mjs';
import { bundle, bundleIsFresh } from './bundle.mjs';
import { downloadElectron, downloadFailedToday, electronBinary } from './electron-binary.mjs';
import { debianPackagesFor } from './needs.mjs';
import { buildKeytar, installNodePackages, keytarIsBuilt, packagesAreInstalled } from './node-packages.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { SetupError, say, step } from './step.mjs';

/**
 * For running the app. Without the keychain's library the app still runs: it keeps secrets for the session and says so.
 * @param {{ electron: boolean }} wanted
 * @returns {Promise<{ node: string, electron: string | null }>} `electron` is null: use the browser host
 */
export async function setUpForApp(wanted) {
  if (!keytarIsBuilt()) await installDebianPackages(keychainPackages, { required: false });
  const node = await setUpNode();
  await setUpKeytar({ required: false });
  if (!bundleIsFresh()) await step('the app (Vite)', bundle);
  return { node, electron: wanted.electron ? await setUpElectron(node) : null };
}

/**
 * For running tests or benches. What they need is required: a half set-up would only fail later and less clearly.
 * @param {readonly import('./needs.mjs').Need[]} needs
 * @returns {Promise<{ node: string }>}
 */
export async function setUpForTests(needs) {
  await installDebianPackages(debianPackagesFor(needs), { required: true });
  const node = await setUpNode();
  if (needs.includes('keychain')) await setUpKeytar({ required: true });
  return { node };
}

/** The packages and the Node that runs them, and nothing else. */
export async function setUpNode() {
  if (!packagesAreInstalled()) await step('Node packages', installNodePackages);
  return pinnedNode();
}

/** @param {{ required: boolean }} how */
async function setUpKeytar({ required }) {
  if (keytarIsBuilt()) return;
  try {
    await step('keychain access (keytar)', buildKeytar);
  } catch (error) {
    if (required || !(error instanceof SetupError)) throw error;
    say(`${error.message}\nGoing on without the keychain: Portcullis keeps secrets only until it quits.`);
  }
}

/**
 * @param {string} node
 * @returns {Promise<string | null>}
 */
async function setUpElectron(node) {
  const present = electronBinary();
  if (present !== null || downloadFailedToday()) return present;
  return await step('Electron (about 120 MB, once)', () => downloadElectron(node));
}

/**
 * @param {readonly string[]} packages
 * @param {{ required: boolean }} how
 */
async function installDebianPackages(packages, { required }) {
  if (!isDebian()) return;
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  if (mayInstall()) {
    await step(`${missing.length} Debian packages`, () => installPackages(missing));
  } else if (required) {
    throw new SetupError(`Debian packages are missing: ${missing.join(' ')}.`, installCommand(missing));
  } else {
    say(`Missing Debian packages (for the keychain). To install them: ${installCommand(missing)}`);
  }
}
