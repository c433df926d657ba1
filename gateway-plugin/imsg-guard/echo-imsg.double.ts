/**
 * Stands in for the real imsg in process tests: writes down its arguments and every byte it is given, answers like
 * imsg where the guard asks (`group`), and ends the way the environment says.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env['ECHO_IMSG_DIR'] ?? '.';
const args = process.argv.slice(2);
appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(args)}\n`);

if (args[0] === 'group') {
  process.stdout.write(`${process.env['ECHO_IMSG_GROUP'] ?? '{}'}\n`);
} else if (args[0] === 'rpc') {
  process.stdin.on('data', (chunk: Buffer) => {
    appendFileSync(join(folder, 'stdin.bin'), chunk);
    process.stdout.write(chunk);
  });
  process.stdin.on('end', () => {
    process.exitCode = Number(process.env['ECHO_IMSG_EXIT'] ?? 0);
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
    process.exitCode = Number(process.env['ECHO_IMSG_EXIT'] ?? 0);
  });
}
