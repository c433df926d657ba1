/**
 * What the stand-in plays: the system, and how far the start has come. Read by all its parts, so that each behaves as
 * Electron does there. `STAND_IN_PLATFORM=darwin` or `win32` plays a system other than this one.
 */
import process from 'node:process';

export const acting: { platform: NodeJS.Platform; ready: boolean } = {
  platform: asked(process.env['STAND_IN_PLATFORM']) ?? process.platform,
  ready: false,
};

function asked(name: string | undefined): NodeJS.Platform | null {
  if (name === undefined || name === '') return null;
  if (name === 'darwin' || name === 'win32' || name === 'linux') return name;
  throw new Error(`STAND_IN_PLATFORM is darwin, win32 or linux, not ${name}.`);
}

/** Programs look at `process.platform`: they see the system that is played. */
export function maskPlatform(): void {
  Object.defineProperty(process, 'platform', { value: acting.platform });
}

/** @throws as Electron does for what needs a screen */
export function onlyOnceReady(what: string): void {
  if (!acting.ready) throw new Error(`Cannot create ${what} before app is ready`);
}

/** @throws as Electron does for rules that hold for the whole process */
export function onlyBeforeReady(what: string): void {
  if (acting.ready) throw new Error(`${what} can only be called before app is ready`);
}
