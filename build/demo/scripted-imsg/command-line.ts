/** One call of imsg with its arguments. Failures go to standard output, and the exit code is 0 or 1. */
import { basename } from 'node:path';
import type { Outcome } from './carry-out.ts';
import { commandNamed } from './commands.ts';
import type { Command } from './commands.ts';
import { ImsgError } from './imsg-error.ts';
import { Options } from './options.ts';
import { isStrict, readSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { World } from './world.ts';
import type { Surroundings } from './world.ts';

export type Call =
  | { readonly kind: 'done'; readonly exitCode: 0 | 1 }
  /** Goes on until its input ends, or for ever. */
  | { readonly kind: 'rpc' | 'watch'; readonly world: World; readonly options: Options };

/** @param name under which the program was started */
export function runCommandLine(
  args: readonly string[],
  surroundings: Surroundings,
  say: (line: string) => void,
  name = 'imsg',
): Call {
  const settings = readSettings(surroundings.folder);
  const strict = isStrict(settings);
  if (basename(name) !== 'imsg') return failed(`Unknown command '${basename(name)}'`, say);
  // Wherever they stand, even as the value of --text; newer versions stop looking at the first `--`.
  const ends = strict ? args.indexOf('--') : -1;
  const looked = ends < 0 ? args : args.slice(0, ends);
  if (looked.some((word) => word === '--version' || word === '-V')) {
    say(surroundings.env['IMSG_VERSION'] ?? settings.version);
    return { kind: 'done', exitCode: 0 };
  }
  const [first = '', ...rest] = args;
  if (args.length === 0 || looked.some((word) => word === '--help' || word === '-h')) {
    say(helpText(first, settings));
    return { kind: 'done', exitCode: 0 };
  }
  if (first.startsWith('-')) return failed("Command 'imsg' requires a subcommand", say);
  const command = commandNamed(first, settings);
  if (command === null) return failed(`Unknown subcommand '${first}' for command 'imsg'`, say);
  let world: World | null = null;
  let ok = false;
  try {
    const options = new Options(rest, command, strict);
    world = new World(surroundings, options.text([], 'db'), first === 'rpc');
    if (first === 'rpc' || first === 'watch') {
      ok = true;
      return { kind: first, world, options };
    }
    const outcome = command.run(world, options, options.words);
    say(printed(first, outcome, options.flag([], 'json') === true));
    ok = true;
    return { kind: 'done', exitCode: 0 };
  } catch (error: unknown) {
    if (!(error instanceof ImsgError)) throw error;
    const json = rest.some((word) => ['--json', '-j', '--json-output', '--jsonOutput'].includes(word));
    return failed(json ? JSON.stringify({ success: false, error: error.message }) : error.message, say);
  } finally {
    world?.log.asked({ args, ok });
  }
}

function failed(line: string, say: (line: string) => void): Call {
  say(line);
  return { kind: 'done', exitCode: 1 };
}

function printed(command: string, { guid, row, place, more }: Outcome, json: boolean): string {
  if (command === 'send')
    return json ? JSON.stringify({ status: 'sent', id: row, guid, message_id: guid }) : 'sent';
  if (command === 'chats' || command === 'history' || command === 'search')
    return (Object.values(more ?? {})[0] as readonly object[]).map((item) => JSON.stringify(item)).join('\n');
  if (place === undefined) return JSON.stringify(more ?? {});
  const facts = { success: true, messageGuid: guid, chatGuid: place.guid, service: place.service, ...more };
  return json ? JSON.stringify(facts) : `${command}: ok ${place.guid}`;
}

/** OpenClaw looks for `--file` and `--no-comment` in the help of two commands. */
function helpText(name: string, settings: Settings): string {
  const command: Command | null = commandNamed(name, settings);
  const options = [
    ...(command?.values ?? []),
    ...(command?.flags ?? []),
    'db',
    'json',
    'log-level',
    'verbose',
  ];
  return [`imsg ${name}`, 'Options:', ...options.filter(Boolean).map((option) => `  --${option}`)].join('\n');
}
