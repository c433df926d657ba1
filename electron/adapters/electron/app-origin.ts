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
