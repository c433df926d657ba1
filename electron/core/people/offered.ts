/** Which of the methods looking after people needs are there. The guard plugin comes and goes while we are connected. */
import { guardPluginId } from '../../contract/guard/blocked-send.ts';
import type { GuardPluginView } from '../../contract/guard/guard-view.ts';

/** @param greeted methods the gateway named when it greeted us; null when not connected */
export function isOffered(
  method: string,
  greeted: ReadonlySet<string> | null,
  plugin: GuardPluginView,
): boolean {
  const inGreeting = greeted?.has(method) === true;
  if (!method.startsWith(`${guardPluginId}.`)) return inGreeting;
  switch (plugin.state) {
    case 'unknown':
      return inGreeting;
    case 'absent':
      return false;
    case 'present':
      // An older plugin may lack the method; the greeting knows, if the plugin was there by then.
      return inGreeting || plugin.match !== 'older';
  }
}
