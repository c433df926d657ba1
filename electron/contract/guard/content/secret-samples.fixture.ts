/** Made-up secrets, put together here so that nothing in the sources looks like a real one. */

const drawn =
  'a7Qk2Zp9Xw4Lm6Rt8Vb1Nc3Hd5Fg0Js7Ye2Ui9Ko4Pa6Sd8Gf1Hj3Kl5Zx0Cv7Bn2Mq9We4Rt6Yu8Io1Pa3Sd5Fg0Hj7Kl2Zx9Cv4B';
const capitals = 'Q7ZP2MVK4TRXB3WN';
const letters = 'kQzPxWmLrTvBnChDfGjSyEuIoKaPsDgFhJ';
const hex = '3f9a1c7e5b2d8046f1a9c3e7b5d20864'.repeat(2);

/** @param length characters as if drawn by lot */
export function drawnCharacters(length: number): string {
  return drawn.repeat(Math.ceil(length / drawn.length)).slice(0, length);
}

export const tokenSamples: readonly (readonly [maker: string, token: string])[] = [
  ['1Password', `ops_eyJ${drawnCharacters(200)}`],
  ['Anthropic', `sk-ant-api03-${drawnCharacters(93)}AA`],
  ['Atlassian', `ATATT3${drawnCharacters(180)}`],
  ['AWS', `AKIA${capitals}`],
  ['Cloudflare', `cfut_${drawnCharacters(40)}${hex.slice(0, 8)}`],
  ['Databricks', `dapi${hex.slice(0, 32)}`],
  ['DigitalOcean', `dop_v1_${hex}`],
  ['Discord', `https://discord.com/api/webhooks/123456789012345678/${drawnCharacters(68)}`],
  ['Docker', `dckr_pat_${drawnCharacters(27)}`],
  ['Figma', `figd_${drawnCharacters(40)}`],
  ['GitHub', `ghp_${drawnCharacters(36)}`],
  ['GitHub', `github_pat_${drawnCharacters(22)}_${drawnCharacters(59)}`],
  ['GitHub', `ghs_12345_${drawnCharacters(90)}.${drawnCharacters(300)}`],
  ['GitLab', `glpat-${drawnCharacters(20)}`],
  ['Google', `AIza${drawnCharacters(35)}`],
  ['Google', `GOCSPX-${drawnCharacters(28)}`],
  ['Grafana', `glsa_${drawnCharacters(32)}_${hex.slice(0, 8)}`],
  ['Groq', `gsk_${drawnCharacters(52)}`],
  ['HashiCorp Vault', `hvs.${drawnCharacters(95)}`],
  ['Hugging Face', `hf_${letters}`],
  ['Linear', `lin_api_${drawnCharacters(40)}`],
  ['Notion', `ntn_12345678901${drawnCharacters(35)}`],
  ['npm', `npm_${drawnCharacters(36)}`],
  ['OpenAI', `sk-${drawnCharacters(20)}T3BlbkFJ${drawnCharacters(20)}`],
  ['OpenAI', `sk-proj-${drawnCharacters(74)}T3BlbkFJ${drawnCharacters(74)}`],
  ['OpenRouter', `sk-or-v1-${hex}`],
  ['Perplexity', `pplx-${drawnCharacters(48)}`],
  ['Postman', `PMAK-${hex.slice(0, 24)}-${hex.slice(0, 34)}`],
  ['PyPI', `pypi-AgE${drawnCharacters(150)}`],
  ['Replicate', `r8_${drawnCharacters(37)}`],
  ['SendGrid', `SG.${drawnCharacters(22)}.${drawnCharacters(43)}`],
  ['Shopify', `shpat_${hex.slice(0, 32)}`],
  ['Slack', `xoxb-123456789012-123456789012-${drawnCharacters(24)}`],
  ['Slack', `https://hooks.slack.com/services/T0123ABCD/B0123ABCD/${drawnCharacters(24)}`],
  ['Stripe', `sk_live_${drawnCharacters(24)}`],
  ['Tailscale', `tskey-auth-${drawnCharacters(12)}-${drawnCharacters(32)}`],
  ['Telegram', `123456789:AA${drawnCharacters(33)}`],
  ['Vercel', `vcp_${drawnCharacters(24)}`],
  ['xAI', `xai-${drawnCharacters(80)}`],
];

export const githubToken = `ghp_${drawnCharacters(36)}`;

const keyLine = drawnCharacters(64);
export const privateKey = pem('PRIVATE KEY');

/** @param label between the dashes, e.g. `RSA PRIVATE KEY` */
export function pem(label: string, about = '', lineBreak = '\n'): string {
  const lines = [`-----BEGIN ${label}-----`, ...(about === '' ? [] : [about, '']), keyLine, keyLine];
  return [...lines, `-----END ${label}-----`].join(lineBreak);
}

/** From the test vectors of BIP-39, of 12, 18 and 24 words. */
export const seedPhrases = [
  'legal winner thank year wave sausage worth useful legal winner thank yellow',
  'letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter always',
  'hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length',
] as const;

/** Published by the issuers for trying out. */
export const cardNumbers = [
  '4111111111111111',
  '4111 1111 1111 1111',
  '5555-5555-5555-4444',
  '2223003122003222',
  '378282246310005',
  '3782 822463 10005',
  '30569309025904',
  '6011111111111117',
  '3530111333300000',
  '6200000000000005',
] as const;
