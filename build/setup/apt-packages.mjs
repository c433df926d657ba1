/** Debian packages: which are needed, which are missing, and how to get them. Other systems are left alone. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './step.mjs';

/** libsecret is what keytar talks to; the rest compiles keytar where no prebuilt one can be downloaded. */
export const keychainPackages = ['libsecret-1-0', 'libsecret-1-dev', 'pkg-config', 'g++', 'make', 'python3'];

/** A browser, the fonts the window is drawn with, and what reads a QR code off it. */
export const browserPackages = ['chromium', 'fonts-dejavu-core', 'fonts-liberation', 'zbar-tools'];

/** A throw-away desktop: display, session bus, keyring, notification daemon, tray, accessibility and a browser. */
export const desktopPackages = [
  ...['xvfb', 'openbox', 'xdotool', 'x11-utils', 'x11-xserver-utils', 'imagemagick'],
  ...['dbus', 'libglib2.0-bin', 'gnome-keyring', 'gcr', 'libsecret-tools'],
  ...['xfce4-notifyd', 'libnotify-bin', 'xfconf', 'xfce4-panel'],
  ...['at-spi2-core', 'gir1.2-atspi-2.0', 'python3-gi', 'python3-dbus'],
  ...['adwaita-icon-theme', 'procps', ...browserPackages],
];

const options = [
  ...['-y', '-q', '--no-install-recommends'],
  ...['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3', '-o', 'Dpkg::Use-Pty=0'],
];

export function isDebian() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return false;
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

/**
 * @param {readonly string[]} packages
 * @returns {readonly string[]}
 */
export function missingPackages(packages) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\\n', ...packages], {
    encoding: 'utf8',
  });
  const installed = new Set(stdout.split('\n').filter((line) => line.endsWith(' installed')));
  return packages.filter((name) => !installed.has(`${name} installed`));
}

export function mayInstall() {
  return process.getuid?.() === 0;
}

/** @param {readonly string[]} packages */
export function installCommand(packages) {
  return `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * @param {readonly string[]} packages
 * @throws {SetupError}
 */
export async function installPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  try {
    await runCommand('apt-get', [...options, 'update'], { env, deadlineMs: 10 * 60_000 });
    await runCommand('apt-get', [...options, 'install', ...packages], { env, deadlineMs: 30 * 60_000 });
  } catch (error) {
    throw new SetupError(
      `The Debian packages could not be installed. ${error instanceof Error ? error.message : error}`,
      `Check the network and /etc/apt/sources.list; by hand: ${installCommand(packages)}`,
    );
  }
}
