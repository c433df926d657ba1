/** The OpenClaw plugin `portcullis-guard`: registers hooks, gateway methods and the service that emits events. */
import { z } from 'zod';
import { guardPluginId } from '../../electron/contract/guard/blocked-send.ts';
import { endUnlessAllowed, isMessageCommand } from '../command-gate/command-process.ts';
import { ConversationBook } from '../store/conversations.ts';
import { guardFiles } from '../store/guard-files.ts';
import { parentProcess } from '../store/parent-process.ts';
import { gatewayFacts } from './gateway-facts.ts';
import { holdTimes } from './hold-times.ts';
import { endAllHolds, refuseForgottenHolds, tellBlocked } from './holds.ts';
import {
  onBeforeToolCall,
  onMessageReceived,
  onMessageSending,
  onMessageSent,
  onPairingRequested,
} from './hooks.ts';
import type { HookParts } from './hooks.ts';
import { registerMethods } from './methods.ts';
import type { PluginApi, PluginService } from './plugin-api.ts';
import { rememberAnswer, sharedState } from './shared-state.ts';
import type { EmitEvent, SharedState } from './shared-state.ts';
import { watchSpool } from './spool-watch.ts';

/** Instances in these modes can see live messages; the others only describe the plugin. */
const liveModes: ReadonlySet<string> = new Set(['full', 'discovery']);
/** After all other plugins: about what they cancel, the owner is not asked. */
const lastWord = -1000;

const startContext = z.object({ abortSignal: z.instanceof(AbortSignal).optional() });

export function register(api: PluginApi): void {
  if (!liveModes.has(api.registrationMode)) return;
  const files = guardFiles(api.runtime.state.resolveStateDir(process.env));
  const parts: HookParts = {
    state: sharedState(),
    files,
    book: new ConversationBook(files.conversations),
    now: () => Date.now(),
    elapsed: () => performance.now(),
    facts: () => gatewayFacts(api.runtime.config?.current() ?? api.config),
    warn: (line) => {
      api.logger.warn(`portcullis-guard: ${line}`);
    },
  };
  if (isMessageCommand(process.argv)) {
    endUnlessAllowed({ ...parts, askedBy: parentProcess }, process.argv);
    return;
  }
  const sending = holdTimes('message_sending', api.pluginConfig, api.config);
  const toolCall = holdTimes('before_tool_call', api.pluginConfig, api.config);

  api.on('message_sending', (event, context) => onMessageSending(parts, event, context, sending.holdMs), {
    priority: lastWord,
    timeoutMs: sending.hookTimeoutMs,
  });
  api.on('before_tool_call', (event, context) => onBeforeToolCall(parts, event, context, toolCall.holdMs), {
    priority: lastWord,
    timeoutMs: toolCall.hookTimeoutMs,
  });
  api.on('message_received', (event, context) => {
    onMessageReceived(parts, event, context);
  });
  api.on('message_sent', (event, context) => {
    onMessageSent(parts, event, context);
  });
  api.on('channel_pairing_requested', (event) => {
    onPairingRequested(parts, event);
  });
  api.on('gateway_start', (_event, context) => {
    endHoldsWithGateway(parts.state, context);
  });
  api.registerService(eventService(parts));
  registerMethods(api, {
    ...parts,
    holdMs: sending.holdMs,
    readApprovedContacts: (channel, accountId) =>
      api.runtime.channel.pairing.readAllowFromStore({ channel, accountId }),
    removeApprovedContact: async (channel, accountId, entry) =>
      (await api.runtime.channel.pairing.removeAllowFromStoreEntry({ channel, accountId, entry })).changed,
  });
}

/**
 * A hold must not keep a stopping gateway waiting; what is held then is refused, not sent. The signal fires only when
 * the gateway itself goes down; `gateway_stop` would also end the holds whenever this plugin is reloaded.
 */
function endHoldsWithGateway(state: SharedState, context: unknown): void {
  state.stopping = false;
  const parsed = startContext.safeParse(context);
  if (!parsed.success) return;
  parsed.data.abortSignal?.addEventListener(
    'abort',
    () => {
      endAllHolds(state);
    },
    { once: true },
  );
}

function eventService(parts: HookParts): PluginService {
  const { state, files } = parts;
  let emit: EmitEvent | null = null;
  let stopWatching: (() => void) | null = null;
  return {
    id: 'events',
    start({ gatewayEvents }) {
      if (gatewayEvents === undefined) return;
      emit = (name, payload) => {
        gatewayEvents.emit(name, payload, { scope: 'operator.read' });
      };
      state.emit = safely(emit, parts.warn);
      emit = state.emit;
      refuseForgottenHolds(parts);
      stopWatching = watchSpool(files, {
        stopped: (send) => {
          tellBlocked(parts, send);
        },
        sent: (id) => {
          if (state.answered.has(id)) return;
          rememberAnswer(state, id, 'sent');
          state.emit?.('settled', { id, state: 'sent' });
        },
      });
    },
    stop() {
      stopWatching?.();
      stopWatching = null;
      // A newer instance may have started before the older one stopped.
      if (state.emit === emit) state.emit = null;
    },
  };
}

/** An event that cannot be delivered must not change what happens to a message. */
function safely(emit: EmitEvent, warn: (line: string) => void): EmitEvent {
  return (name, payload) => {
    try {
      emit(name, payload);
    } catch (error: unknown) {
      warn(
        `the event ${name} could not be sent: ${error instanceof Error ? error.message : 'unknown error'}`,
      );
    }
  };
}

// eslint-disable-next-line no-restricted-syntax -- OpenClaw loads a plugin by its default export
export default {
  id: guardPluginId,
  name: 'Portcullis send guard',
  description: 'Holds messages to recipients who are not on the allowlist until the owner answers.',
  register,
};
