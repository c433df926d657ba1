import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../electron/adapters/node/serve/security-headers.ts';
import { hotReloadPolicy } from './hot-reload-policy.ts';

const directives = (policy: string): readonly string[] => policy.split('; ');

describe('the policy of the gallery', () => {
  it('is the one of the app but for what hot reloading and the frame need', () => {
    const app = directives(contentSecurityPolicy("'self'"));
    const own = directives(hotReloadPolicy('abc'));
    expect(own.filter((directive) => !app.includes(directive))).toEqual([
      "script-src 'self' 'nonce-abc'",
      "style-src 'self' 'nonce-abc'",
      "frame-ancestors 'self'",
      "frame-src 'self'",
      'worker-src blob:',
    ]);
    expect(app.filter((directive) => !own.includes(directive))).toEqual([
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
    ]);
  });
});
