/** Every request of a page, stopped before it leaves: session rules, custom schemes and navigation events. */
import { Buffer } from 'node:buffer';
import type { EventEmitter } from 'node:events';
import type { Params } from './cdp-connection.ts';
import { handlerFor, toOwn } from './custom-schemes.ts';
import { preventable } from './preventable.ts';
import { isCancelled } from './session.ts';

interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: { readonly url: string; readonly method: string };
}

export class PageRequests {
  readonly #page: EventEmitter & { readonly targetId: string };
  readonly #send: (method: string, params?: Params) => Promise<unknown>;
  /** The address main code asked to load: no navigation of the page's own. */
  #expected: string | null = null;

  constructor(
    page: EventEmitter & { readonly targetId: string },
    send: (method: string, params?: Params) => Promise<unknown>,
  ) {
    this.#page = page;
    this.#send = send;
  }

  async enable(subscribe: (listener: (paused: PausedRequest) => void) => void): Promise<void> {
    subscribe((paused) => {
      // The page may be closed while we decide; then there is nothing left to answer.
      this.#decide(paused).catch(() => undefined);
    });
    await this.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  expect(url: string): void {
    this.#expected = url;
  }

  async #decide(paused: PausedRequest): Promise<void> {
    const { requestId, resourceType, request } = paused;
    const url = toOwn(request.url);
    if (this.#refusesNavigation(paused, url)) {
      // Aborted, so that the page stays; any other reason shows an error page in its place.
      await this.#send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    if (await isCancelled({ url, method: request.method, resourceType })) {
      await this.#send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
      return;
    }
    const handler = handlerFor(url);
    if (handler === null) {
      await this.#send('Fetch.continueRequest', { requestId });
      return;
    }
    const response = await handler(new Request(url, { method: request.method }));
    await this.#send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  #refusesNavigation({ frameId, resourceType, request }: PausedRequest, url: string): boolean {
    if (resourceType !== 'Document') return false;
    const isMainFrame = frameId === this.#page.targetId;
    if (isMainFrame && request.url === this.#expected) {
      this.#expected = null;
      return false;
    }
    const event = preventable({ url, isMainFrame });
    if (isMainFrame) this.#page.emit('will-navigate', event, url);
    this.#page.emit('will-frame-navigate', event);
    return event.defaultPrevented;
  }
}
