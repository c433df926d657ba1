/** Checks that what sources and pages point at can be read by whoever has this repository: the page and its heading. */
import { posix } from 'node:path';
import type { SourceFile } from './architecture.ts';

/** A page as it is named in a comment, e.g. `docs/PLATFORMS.md#node-notifier`. */
const namedPage = /[\w./-]*\w\.md\b(?:#[\w-]+)?/g;
const link = /\]\(([^)\s]+)\)/g;
const elsewhere = /^[a-z]+:/;
/** Numbers of sections move, and say nothing about which page is meant. */
const numberedSection = /\bsections? \d|§ ?\d/i;

/**
 * @param files pages (Markdown) and sources alike
 * @param exists whether there is such a repository-relative file or folder
 * @returns one line per reference that leads nowhere, `file:line points at X (why not)`
 */
export function brokenReferences(
  files: readonly SourceFile[],
  exists: (path: string) => boolean,
): readonly string[] {
  const pages = new Map(files.filter(isPage).map(({ path, text }) => [path, headingsOf(text)]));
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) =>
      referencesIn(file, line).flatMap((reference) => {
        const reason = refusal(file, reference, pages, exists);
        return reason === null
          ? []
          : [`${file.path}:${String(index + 1)} points at ${reference} (${reason})`];
      }),
    ),
  );
}

function isPage({ path }: SourceFile): boolean {
  return path.endsWith('.md');
}

function referencesIn(file: SourceFile, line: string): readonly string[] {
  if (isPage(file))
    return [...line.matchAll(link)]
      .map(([, target = '']) => target)
      .filter((target) => !elsewhere.test(target));
  return [...(line.match(namedPage) ?? []), ...(numberedSection.exec(line) ?? [])];
}

function refusal(
  { path: from, text }: SourceFile,
  reference: string,
  pages: ReadonlyMap<string, ReadonlySet<string>>,
  exists: (path: string) => boolean,
): string | null {
  if (numberedSection.test(reference)) return 'name the page and the heading';
  const [page = '', heading] = reference.split('#');
  if (page === '') return headingsOf(text).has(heading ?? '') ? null : 'no such heading';
  const beside = posix.normalize(posix.join(posix.dirname(from), page));
  const fromRoot = from.endsWith('.md') ? null : posix.normalize(page);
  const found = [fromRoot, beside].find((path) => path !== null && !path.startsWith('..') && exists(path));
  if (found === undefined || found === null) return 'no such file here';
  if (heading === undefined) return null;
  return pages.get(found)?.has(heading) === true ? null : 'no such heading';
}

/** As the address bar spells them. */
function headingsOf(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
