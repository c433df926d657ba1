/** File system errors as codes to branch on and as words to show. */

const words: Readonly<Record<string, string>> = {
  EACCES: 'Portcullis may not write there',
  EPERM: 'Portcullis may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  ENOTDIR: 'part of that path is not a folder',
  EEXIST: 'there is a file in place of the folder',
  EISDIR: 'there is a folder in its place',
};

export function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code;
}

/** For the owner and the log; a parser's message is left out, because it quotes the file. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== null) return words[code] ?? code;
  if (error instanceof SyntaxError) return 'not valid JSON';
  return error instanceof Error ? error.message : 'unknown error';
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
