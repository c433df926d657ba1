/** Asks a gateway on this machine whether it is ready, with nothing secret in the question. */
import { http, https } from '../system/http-module.ts';

const DEADLINE_MS = 3_000;

export type GatewayHealth = 'ready' | 'starting' | 'not-running';

/** A gateway too old to know the question (404) counts as ready. */
export async function probeGateway(url: string): Promise<GatewayHealth> {
  const target = new URL('/readyz', url.replace(/^ws/, 'http'));
  const request = target.protocol === 'https:' ? https.request : http.request;
  return await new Promise((resolve) => {
    // Only a status code is read, so it does not matter who vouches for the certificate.
    const asked = request(target, { rejectUnauthorized: false, timeout: DEADLINE_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 503 ? 'starting' : 'ready');
    });
    asked.once('timeout', () => {
      asked.destroy();
      resolve('starting');
    });
    asked.once('error', () => {
      resolve('not-running');
    });
    asked.end();
  });
}
