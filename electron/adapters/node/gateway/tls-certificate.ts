/** Certificate fingerprints: of a file on this machine, and of what a server shows right now. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';

const PEEK_DEADLINE_MS = 5_000;

/** SHA-256, lower-case hex without colons; null when there is no readable certificate. */
export async function fingerprintOfFile(path: string): Promise<string | null> {
  try {
    return canonical(new X509Certificate(await readFile(path)).fingerprint256);
  } catch {
    return null;
  }
}

/** Only looks at the certificate, sends nothing, trusts nothing: for telling the owner what has changed. */
export async function fingerprintOfServer(url: string): Promise<string | null> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? 443 : Number(port),
      rejectUnauthorized: false,
    });
    const finish = (fingerprint: string | null): void => {
      socket.destroy();
      resolve(fingerprint);
    };
    socket.setTimeout(PEEK_DEADLINE_MS, () => {
      finish(null);
    });
    socket.once('error', () => {
      finish(null);
    });
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      finish(certificate === undefined ? null : canonical(certificate.fingerprint256));
    });
  });
}

function canonical(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toLowerCase();
}
