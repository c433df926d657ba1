/** One process of the scripted imsg. */
import { runCommandLine } from './command-line.ts';
import { RpcServer } from './rpc-server.ts';
import { Subscriptions } from './subscriptions.ts';

export function main(args: readonly string[]): void {
  const folder = process.env['SCRIPTED_IMSG_DIR'];
  if (folder === undefined)
    throw new Error('SCRIPTED_IMSG_DIR must name the folder with the inbox and the log.');
  const surroundings = { folder, env: process.env, workingFolder: process.cwd() };
  const call = runCommandLine(args, surroundings, say, process.env['SCRIPTED_IMSG_NAME']);
  if (call.kind === 'done') {
    process.exitCode = call.exitCode;
    return;
  }
  if (call.kind === 'watch') {
    new Subscriptions(call.world, (_, message) => {
      say(JSON.stringify(message));
    }).add(call.options);
    return;
  }
  const server = new RpcServer(call.world, sayer(call.world.settings));
  process.stdin
    .on('data', (bytes: Buffer) => {
      server.push(bytes);
    })
    .on('end', () => {
      server.end();
    });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Answers as the tester wants them to arrive: whole, in pieces, or broken off. */
function sayer(settings: {
  readonly answerPieceBytes: number;
  readonly diesAfterBytes: number;
}): (line: string) => void {
  let said = 0;
  return (line) => {
    const bytes = Buffer.from(`${line}\n`, 'utf8');
    said += bytes.length;
    if (settings.diesAfterBytes > 0 && said > settings.diesAfterBytes) {
      process.stdout.write(bytes.subarray(0, bytes.length >> 1), () => process.exit(1));
      return;
    }
    const size = settings.answerPieceBytes > 0 ? settings.answerPieceBytes : bytes.length;
    for (let at = 0; at < bytes.length; at += size) process.stdout.write(bytes.subarray(at, at + size));
  };
}
