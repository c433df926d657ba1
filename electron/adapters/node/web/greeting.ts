/** The first frame of a socket: until it was read, nothing is told and hardly anything is taken. */
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Greeting } from '../../../contract/bridge-frames.ts';
import { parseGreeting } from './client-frame.ts';

/** A greeting takes below 100 bytes; a frame of a command may be so much longer that strangers must not send one. */
const maxGreetingBytes = 4096;

/**
 * A socket that sends more than a greeting before its first frame is complete is cut off. How long it may take is the
 * caller's to bound.
 *
 * @param connection what carries `socket`
 * @param onGreeting called at most once; null when the first frame is no greeting
 */
export function awaitGreeting(
  socket: WebSocket,
  connection: Socket,
  onGreeting: (greeting: Greeting | null) => void,
): void {
  let received = 0;
  let greeted = false;
  const count = (chunk: Buffer): void => {
    received += chunk.length;
    if (!greeted && received > maxGreetingBytes) connection.destroy();
  };
  connection.on('data', count);
  socket.once('message', (data, isBinary) => {
    greeted = true;
    connection.off('data', count);
    onGreeting(parseGreeting(data, isBinary));
  });
}
