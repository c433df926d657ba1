/**
 * Keys of services, each told by a prefix its maker gave it so that it can be found. A shape ends where the shortest
 * key does, and whatever goes on like a key belongs to it: so nothing right before or after a key hides it. Every
 * repetition is bounded, so that no text makes the search long.
 */
import type { Span } from './span.ts';

const shapes: Readonly<Record<string, string>> = {
  '1Password': 'ops_ey[A-Za-z0-9+/=_-]{100}',
  Anthropic: 'sk-ant-[a-z]{2,10}\\d{2}-[\\w-]{80}',
  Atlassian: 'ATATT3[\\w=-]{100}',
  AWS: '(?:AKIA|ASIA)[A-Z2-7]{16}',
  Cloudflare: '(?:cfk|cfut|cfat)_[A-Za-z0-9]{40}[0-9a-f]{8}',
  Databricks: 'dapi[0-9a-f]{32}',
  DigitalOcean: 'do[opr]_v1_[0-9a-f]{64}',
  Discord: 'discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[\\w-]{60}',
  Docker: 'dckr_(?:pat|oat)_[\\w-]{27}',
  Figma: 'fig[dou]r?_[\\w-]{40}',
  GitHub: '(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_\\w{82}|ghs_\\d{1,20}_[\\w-]{20,200}\\.[\\w-]{20})',
  GitLab: 'gl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[\\w-]{20}',
  Google: '(?:AIza[\\w-]{35}|GOCSPX-[\\w-]{28}|ya29\\.[\\w-]{40})',
  Grafana: '(?:glc_[A-Za-z0-9+/]{32}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8})',
  Groq: 'gsk_[A-Za-z0-9]{52}',
  'HashiCorp Vault': 'hv[bsr]\\.[\\w-]{90}',
  'Hugging Face': 'hf_[A-Za-z]{34}',
  Linear: 'lin_(?:api|oauth)_[A-Za-z0-9]{32}',
  Notion: '(?:ntn_\\d{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43}(?![A-Za-z0-9]))',
  npm: 'npm_[A-Za-z0-9]{36}',
  OpenAI: 'sk-(?:(?:proj|svcacct|admin)-)?[\\w-]{20,100}T3BlbkFJ[\\w-]{20}',
  OpenRouter: 'sk-or-v1-[0-9a-f]{64}',
  Perplexity: 'pplx-[A-Za-z0-9]{48}',
  Postman: 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}',
  PyPI: 'pypi-AgE[\\w-]{50}',
  Replicate: 'r8_[A-Za-z0-9]{37}',
  SendGrid: 'SG\\.[\\w-]{22}\\.[\\w-]{43}',
  Shopify: 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}',
  Slack:
    '(?:xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{20}|xapp-\\d-[A-Za-z0-9-]{20}|hooks\\.slack\\.com/(?:services|workflows)/T\\w{5,40}/[AB]\\w{5,40}/[\\w/]{15})',
  Stripe: '(?:[rs]k_(?:live|test)_[A-Za-z0-9]{24}|whsec_[A-Za-z0-9+/]{32})',
  Tailscale: 'tskey-[a-z]{2,20}-[0-9A-Za-z]{8,40}-[0-9A-Za-z]{16}',
  Telegram: '\\d{8,10}:AA[\\w-]{33}',
  Vercel: 'vc[aikpr]_[A-Za-z0-9]{24}',
  xAI: 'xai-[A-Za-z0-9]{80}',
};

export interface TokenShape {
  readonly maker: string;
  readonly pattern: RegExp;
}

export const tokenShapes: readonly TokenShape[] = Object.entries(shapes).map(([maker, source]) => ({
  maker,
  pattern: new RegExp(source, 'gu'),
}));

/** A key goes on for as long as these do. */
const more = /(?:[\w+/=-]|\.(?=\w)){0,4000}/uy;

export function tokensIn(text: string): readonly Span[] {
  return tokenShapes.flatMap(({ pattern }) => [...keysOf(pattern, text)]);
}

function* keysOf(pattern: RegExp, text: string): Generator<Span> {
  let from = 0;
  for (;;) {
    pattern.lastIndex = from;
    const shortest = pattern.exec(text);
    if (shortest === null) return;
    const start = shortest.index;
    // A key may begin inside what is none.
    from = start + 1;
    if (!looksDrawn(shortest[0])) continue;
    more.lastIndex = start + shortest[0].length;
    from = more.lastIndex + (more.exec(text)?.[0].length ?? 0);
    yield { start, end: from };
  }
}

/** `ghp_xxxx…` in an explanation is nobody's key: one that was drawn by lot has many different characters. */
function looksDrawn(token: string): boolean {
  return new Set(token.slice(-24)).size >= 8;
}
