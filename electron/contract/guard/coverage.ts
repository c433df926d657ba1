/**
 * What each layer of the send guard does with a message to somebody no rule names, for every way a message can leave;
 * the one source of docs/COVERAGE.md and of the table in the app. A cell is a claim only where a test proves it.
 */

/**
 * `asked`: it waits for the owner and does not leave without an answer. `stopped`: it is refused at once; the owner is
 * told and can still send it. `not-seen`: it leaves. `unverified`: no test here has tried it; count on nothing.
 */
export type CoverageCell = 'asked' | 'stopped' | 'not-seen' | 'unverified';

/** A test of this repository. */
export interface ProvingTest {
  readonly file: string;
  /** As it is written in the file. */
  readonly title: string;
}

export interface CoverageRow {
  /** The way out, in the owner's words. */
  readonly path: string;
  /** The guard plugin inside the gateway, and its gate in the openclaw command. */
  readonly plugin: CoverageCell;
  /** The transport guard in front of imsg (strict mode). */
  readonly transport: CoverageCell;
  /** Null where the cell is unverified. */
  readonly provenBy: { readonly plugin: ProvingTest | null; readonly transport: ProvingTest | null };
  /** What the owner should know beyond the two cells. */
  readonly note: string | null;
}

const bothLayers = 'gateway-plugin/paths.gateway.test.ts';
const transportAlone = 'gateway-plugin/paths-transport.gateway.test.ts';
const pluginAlone = 'gateway-plugin/paths-unseen.suite.ts';

const commandNote =
  'The command with the gateway’s own config loads the plugin; one for another profile or state folder does not.';

/** Rows whose tests carry the same name at both layers. */
function row(
  path: string,
  plugin: 'asked' | 'stopped' | 'not-seen',
  transport: 'stopped' | 'not-seen',
  title: string,
  note: string | null = null,
): CoverageRow {
  const provenBy = {
    plugin: { file: plugin === 'asked' ? bothLayers : pluginAlone, title },
    transport: { file: transportAlone, title },
  };
  return { path, plugin, transport, provenBy, note };
}

export const coverage: readonly CoverageRow[] = [
  row('Gateway method send', 'asked', 'stopped', 'by the gateway method send'),
  row('Gateway method message.action, to send', 'asked', 'stopped', 'by the gateway method message.action'),
  {
    path: 'Gateway method message.action, anything else: effects, polls, reactions, edits, groups',
    plugin: 'not-seen',
    transport: 'stopped',
    provenBy: {
      plugin: { file: pluginAlone, title: 'by another action of the gateway method message.action' },
      transport: {
        file: 'gateway-plugin/imsg-guard/executable.gateway.test.ts',
        title: '%j does not, says why, and is kept for the owner',
      },
    },
    note: 'The gateway asks no plugin about these, so pausing all sends does not stop them either; only strict mode does.',
  },
  row('Agent: message tool', 'asked', 'stopped', 'by the agent’s message tool'),
  {
    path: 'Agent: poll, reaction or another action of the message tool',
    plugin: 'asked',
    transport: 'stopped',
    provenBy: {
      plugin: { file: bothLayers, title: 'by the agent as a poll or a reaction' },
      transport: {
        file: 'gateway-plugin/imsg-guard/executable.gateway.test.ts',
        title: '%j does not, says why, and is kept for the owner',
      },
    },
    note: 'The transport guard is proven on imsg’s own commands.',
  },
  row(
    'Agent: reply sent to somebody who did not write first',
    'asked',
    'stopped',
    'by the agent’s reply to somebody who did not write',
    'A reply to whoever wrote first leaves, unless that person is denied or blocked.',
  ),
  row('Scheduled job that announces its result', 'asked', 'stopped', 'by a scheduled job'),
  row(
    'Command openclaw message, to send or broadcast',
    'stopped',
    'stopped',
    'by the openclaw command',
    commandNote,
  ),
  {
    path: 'Command openclaw message, anything else: polls, reactions, edits, threads',
    plugin: 'stopped',
    transport: 'stopped',
    provenBy: {
      plugin: {
        file: 'gateway-plugin/command.gateway.test.ts',
        title: 'stops what is for somebody who is not listed: %s',
      },
      transport: {
        file: 'gateway-plugin/imsg-guard/executable.gateway.test.ts',
        title: '%j does not, says why, and is kept for the owner',
      },
    },
    note: 'The transport guard is proven on imsg’s own commands.',
  },
  row(
    'Agent’s shell: the openclaw command',
    'stopped',
    'stopped',
    'by the agent’s shell with the openclaw command',
    commandNote,
  ),
  {
    path: 'Other openclaw commands that send by themselves: agent --local --deliver, pairing approve --notify',
    plugin: 'unverified',
    transport: 'unverified',
    provenBy: { plugin: null, transport: null },
    note: 'The second sends one fixed text to whoever was approved.',
  },
  row(
    'Agent’s shell: the program at cliPath',
    'not-seen',
    'stopped',
    'by the agent’s shell with the program at cliPath',
  ),
  row(
    'The gateway’s pairing code to a stranger',
    'not-seen',
    'stopped',
    'by the gateway’s answer to a stranger',
    'Stopped only while strangers are silenced; the request still reaches the owner.',
  ),
  row(
    'Agent’s shell: imsg itself, osascript or any other program',
    'not-seen',
    'not-seen',
    'by the agent’s shell with imsg itself',
    'Limit what the agent may run with the gateway’s exec approvals.',
  ),
  {
    path: 'Other channels, through the gateway',
    plugin: 'unverified',
    transport: 'unverified',
    provenBy: { plugin: null, transport: null },
    note: 'The plugin judges every channel that has rules, but only iMessage was tried in a real gateway. The transport guard is for iMessage.',
  },
  {
    path: 'Other channels, by the openclaw command or a program with that channel’s token',
    plugin: 'unverified',
    transport: 'unverified',
    provenBy: { plugin: null, transport: null },
    note: 'Expect both to miss it: the gate in the openclaw command is for iMessage, and such a program sends by itself.',
  },
];
