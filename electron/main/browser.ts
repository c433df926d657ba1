/** Entry of the browser host: loads the rest through the code cache, which an entry cannot do for itself. */
import { useCompileCache } from './compile-cache.ts';

useCompileCache();
await import('./run-browser.ts');
