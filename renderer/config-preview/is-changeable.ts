import type { AppSnapshot } from '../../electron/contract/snapshot.ts';

/** One thing at a time: no other change is under way, and the gateway was not asked to restart. */
export function isChangeable({ configWork, owedRestart }: AppSnapshot): boolean {
  return configWork.state !== 'working' && owedRestart?.state !== 'restarting';
}
