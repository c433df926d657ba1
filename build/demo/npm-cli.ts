/** Finds npm's JavaScript entry, so that npm runs under the Node we choose and without a shell on any platform. */
import { access, realpath } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';

/** @throws Error with the fix, when there is no npm */
export async function findNpmCli(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const running = env['npm_execpath'];
  if (running !== undefined && basename(running) === 'npm-cli.js') return running;
  for (const dir of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    for (const candidate of [join(dir, 'npm'), join(dir, 'node_modules', 'npm', 'bin', 'npm-cli.js')]) {
      const file = await realFile(candidate);
      if (file === null) continue;
      if (basename(file) === 'npm-cli.js') return file;
      const beside = await realFile(join(dirname(file), 'npm-cli.js'));
      if (beside !== null) return beside;
    }
  }
  throw new Error('npm was not found on PATH. Install Node.js with npm and run this again.');
}

async function realFile(path: string): Promise<string | null> {
  try {
    await access(path);
    return await realpath(path);
  } catch {
    return null;
  }
}
