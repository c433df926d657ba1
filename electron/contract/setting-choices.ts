/** What settings can be chosen from. Free of zod, because the window offers these lists; `settings.ts` checks by them. */

/** What a notification can be about: chat contacts, devices and nodes, stopped messages. */
export const noticeKinds = ['chat', 'devices', 'sends'] as const;

/**
 * What a notification says. `names`: who asks, and what for. `kind`: what asks, but not who. `nothing`: only that
 * Portcullis wants the owner.
 */
export const privacyLevels = ['names', 'kind', 'nothing'] as const;

/** 0 is Sunday. */
export const everyDay = [0, 1, 2, 3, 4, 5, 6] as const;

/** Characters of the name of a remembered gateway. */
export const longestGatewayName = 60;

export const themes = ['system', 'light', 'dark'] as const;

/** BCP 47; `system`: as the browser or the system writes them. */
export const dateLocales = [
  'system',
  'en-GB',
  'en-US',
  'de-DE',
  'es-ES',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE',
  'zh-CN',
] as const;
