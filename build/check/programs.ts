/**
 * Sorts the projects that tsconfig.json references into programs: those with the same compiler options are checked as
 * one, because most of the work is reading the files and packages they share. A layer with narrower options (no Node,
 * no DOM) stays a program of its own, so that what it must not name is still an error.
 */
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

export interface Program {
  /** Repository-relative folders of its projects. */
  readonly projects: readonly string[];
  /** The options all of them have are those of this file. */
  readonly config: string;
  readonly files: readonly string[];
}

/** @param root absolute folder of the tsconfig.json with the references */
export function programsOf(root: string): readonly Program[] {
  const programs = new Map<string, Program>();
  for (const project of referencedProjects(root)) {
    const config = resolve(root, project, 'tsconfig.json');
    const { options, fileNames } = read(config);
    const key = JSON.stringify({ ...options, configFilePath: undefined, pathsBasePath: undefined });
    const known = programs.get(key) ?? { projects: [], config, files: [] };
    programs.set(key, {
      projects: [...known.projects, project],
      config: known.config,
      files: [...known.files, ...fileNames],
    });
  }
  return [...programs.values()];
}

/** The key order of options follows the files they are read from; only their values say whether two are the same. */
function read(config: string): { options: object; fileNames: readonly string[] } {
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(
    readJson(config),
    ts.sys,
    dirname(config),
  );
  const [error] = errors;
  if (error !== undefined)
    throw new Error(`${config}: ${ts.flattenDiagnosticMessageText(error.messageText, '\n')}`);
  const sorted = Object.entries(options).sort(([a], [b]) => a.localeCompare(b));
  return { options: Object.fromEntries(sorted), fileNames };
}

function referencedProjects(root: string): readonly string[] {
  const { references = [] } = readJson(resolve(root, 'tsconfig.json')) as {
    references?: readonly { path: string }[];
  };
  return references.map(({ path }) => path.replace(/^\.\//, ''));
}

function readJson(path: string): unknown {
  const read = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  if (read.error !== undefined)
    throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(read.error.messageText, '\n')}`);
  return read.config;
}
