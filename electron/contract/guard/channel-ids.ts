/** OpenClaw takes several spellings for one channel and one account; here each has one. */

/** What else OpenClaw 2026.9.6 calls its channels. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['imsg', 'imessage'],
  ['teams', 'msteams'],
  ['gchat', 'googlechat'],
  ['google-chat', 'googlechat'],
  ['internet-relay-chat', 'irc'],
  ['lark', 'feishu'],
  ['nc', 'nextcloud-talk'],
  ['nc-talk', 'nextcloud-talk'],
  ['twitch-chat', 'twitch'],
  ['qywx', 'wecom'],
  ['wework', 'wecom'],
  ['enterprise-wechat', 'wecom'],
  ['weixin', 'openclaw-weixin'],
  ['wechat', 'openclaw-weixin'],
  ['微信', 'openclaw-weixin'],
  ['yb', 'yuanbao'],
  ['tencent-yuanbao', 'yuanbao'],
  ['元宝', 'yuanbao'],
  ['zl', 'zalo'],
  ['zlu', 'zalouser'],
]);

/** The id of a channel from any spelling OpenClaw takes; empty when none is named. */
export function canonicalChannel(text: string): string {
  const id = text.trim().toLowerCase();
  return aliases.get(id) ?? id;
}

const plainAccount = /^[a-z0-9][a-z0-9_-]{0,63}$/u;

/** OpenClaw takes several spellings for one account; this is what it makes of them. */
export function canonicalAccount(text: string): string {
  const name = text.trim().toLowerCase();
  if (plainAccount.test(name)) return name;
  const mended = name
    .replaceAll(/[^a-z0-9_-]+/gu, '-')
    .replace(/^-+/u, '')
    .replace(/-+$/u, '');
  return mended === '' ? 'default' : mended.slice(0, 64);
}
