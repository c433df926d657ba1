/** First code of a utility process: gives the module `process.parentPort`, then runs it. */
import { EventEmitter } from 'node:events';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => process.send?.(message),
});
Object.defineProperty(process, 'parentPort', { value: parentPort });
process.on('message', (data) => parentPort.emit('message', { data }));
process.once('disconnect', () => process.exit());

const [, , modulePath = ''] = process.argv;
process.argv.splice(1, 1);
await import(pathToFileURL(modulePath).href);
