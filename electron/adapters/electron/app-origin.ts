/** The one origin our page has: `app://portcullis`. */

export const appScheme = 'app';
export const appHost = 'portcullis';
export const appPage = `${appScheme}://${appHost}/index.html`;

/** Compares parsed parts: custom schemes have no `origin` in Node's URL, and prefixes can be faked. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  const { protocol, host, username, password } = url;
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}

const blobPrefix = 'blob:';

/** Something a page of our origin made, in its memory. */
export function isAppBlob(text: string): boolean {
  return text.startsWith(blobPrefix) && isAppUrl(text.slice(blobPrefix.length));
}
