/** The secret this tab greets the app with. It is the tab's own: a reload keeps it, and no other tab or port gets it. */

const place = 'portcullis-tab';

/** For browsers that let no page keep anything: then a reload asks to be opened again. */
let unkept: string | null = null;

export function tabSecret(): string | null {
  try {
    return sessionStorage.getItem(place) ?? unkept;
  } catch {
    return unkept;
  }
}

export function keepTabSecret(secret: string): void {
  try {
    sessionStorage.setItem(place, secret);
  } catch {
    unkept = secret;
  }
}

export function dropTabSecret(): void {
  unkept = null;
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Nothing was kept there.
  }
}
