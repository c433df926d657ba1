/** Tiny programs for PATH that start another one. */
import { chmod, writeFile } from 'node:fs/promises';

export interface Launched {
  /** Program and first arguments; those of the caller follow. */
  readonly command: readonly string[];
  /** Laid over the caller's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Only where the caller's environment does not say otherwise. */
  readonly defaults?: Readonly<Record<string, string>>;
}

/** @returns the launcher's path, which has an ending of its own on Windows */
export async function writeLauncher(
  path: string,
  { command, env = {}, defaults = {} }: Launched,
): Promise<string> {
  const settings = Object.entries(env);
  const unset = Object.entries(defaults);
  if (process.platform === 'win32') {
    const lines = [
      '@echo off',
      'setlocal',
      ...unset.map(([name, value]) => `if not defined ${name} set "${name}=${value}"`),
      ...settings.map(([name, value]) => `set "${name}=${value}"`),
      `${command.map((part) => `"${part}"`).join(' ')} %*`,
    ];
    await writeFile(`${path}.cmd`, lines.map((line) => `${line}\r\n`).join(''));
    return `${path}.cmd`;
  }
  const exports = [
    ...unset.map(([name, value]) => `[ -n "\${${name}:-}" ] || export ${name}=${quoted(value)}\n`),
    ...settings.map(([name, value]) => `export ${name}=${quoted(value)}\n`),
  ];
  await writeFile(path, `#!/bin/sh\n${exports.join('')}exec ${command.map(quoted).join(' ')} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
