/**
 * Starts the scripted imsg. The gateway runs it for every single command, so its compiled form is kept: reading
 * TypeScript anew would cost more than all the rest.
 */
import module from 'node:module';
import { fileURLToPath } from 'node:url';

module.enableCompileCache?.(fileURLToPath(new URL('../../../.cache/scripted-imsg', import.meta.url)));
const { main } = await import('./main.ts');
main(process.argv.slice(2));
