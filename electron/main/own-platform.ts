/** The platform as the contract names it; every other Unix is treated as Linux. */
import process from 'node:process';
import type { HostView } from '../contract/snapshot.ts';

export function ownPlatform(): HostView['platform'] {
  return process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
}
