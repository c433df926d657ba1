/**
 * Stands in for the real imsg in process tests: writes down its arguments, its environment and every byte it is given,
 * answers like imsg where the guard asks (`group`), and ends the way `echo.json` in its folder says.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface EchoSettings {
  readonly group?: object;
  readonly exit?: number;
}

const folder = process.env['ECHO_IMSG_DIR'] ?? '.';
const args = process.argv.slice(2);
const settingsFile = join(folder, 'echo.json');
const settings = (
  existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {}
) as EchoSettings;
writeFileSync(join(folder, 'environment.json'), JSON.stringify({ ...process.env, cwd: process.cwd() }));
appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(args)}\n`);

if (args[0] === 'group') {
  process.stdout.write(`${JSON.stringify(settings.group ?? {})}\n`);
} else if (args[0] === 'rpc') {
  process.stdin.on('data', (chunk: Buffer) => {
    appendFileSync(join(folder, 'stdin.bin'), chunk);
    process.stdout.write(chunk);
  });
  process.stdin.on('end', () => {
    process.exitCode = settings.exit ?? 0;
  });
} else if (args[0] === 'watch') {
  // Runs until it is told to stop, and says by which signal.
  const running = setInterval(() => undefined, 60_000);
  process.on('SIGTERM', () => {
    writeFileSync(join(folder, 'signal'), 'SIGTERM');
    clearInterval(running);
    process.exitCode = 7;
  });
  process.stdout.write('watching\n');
} else {
  process.stdin.pipe(process.stdout);
  process.stderr.write('on stderr\n');
  process.stdin.on('end', () => {
    process.exitCode = settings.exit ?? 0;
  });
}
