/** The content security policy of the gallery: the app's own, opened exactly as far as hot reloading and the frame need. */
import { contentSecurityPolicy } from '../../electron/adapters/node/serve/security-headers.ts';

/** @param nonce of this server, on every script and style that Vite writes into the page */
export function hotReloadPolicy(nonce: string): string {
  const policy = new Map(contentSecurityPolicy("'self'").split('; ').map(named));
  const allow = (name: string, source: string): void => {
    const sources = policy.get(name);
    if (sources === undefined) throw new Error(`The app's policy says nothing about ${name} any more.`);
    policy.set(name, [...sources.filter((each) => each !== "'none'"), source]);
  };
  // React's refresh starts from a script in the page itself.
  allow('script-src', `'nonce-${nonce}'`);
  // Vite puts each style sheet into the page, where it can be replaced.
  allow('style-src', `'nonce-${nonce}'`);
  // The gallery holds the window in a frame; the app's window is never in one.
  allow('frame-ancestors', "'self'");
  policy.set('frame-src', ["'self'"]);
  // When its server went away, Vite waits for the next one in a worker it makes itself.
  policy.set('worker-src', ['blob:']);
  return [...policy].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}

function named(directive: string): readonly [string, readonly string[]] {
  const [name = '', ...sources] = directive.split(' ');
  return [name, sources];
}
