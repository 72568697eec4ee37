import { DEEP_LINK_CHARACTERS_MAX, LINK_SCHEME } from '../../src-shared/config/index.ts';
import { deepLink, type DeepLink } from '../../src-shared/contract/index.ts';

/**
 * `peerhold://join/<code>` with an optional `#<secret>`, as anyone on the web may have written it: null for everything else. It only ever
 * leads to a page that asks; nothing is done because of a link.
 */
export function parseDeepLink(text: string): DeepLink | null {
  if (text.length > DEEP_LINK_CHARACTERS_MAX) return null;
  const match = new RegExp(`^${LINK_SCHEME}://join/([^?]+)$`).exec(text);
  const parsed = deepLink.safeParse({ type: 'join', code: match?.[1]?.replace(/\/(?=#|$)/, '') });
  return parsed.success ? parsed.data : null;
}

/** The link among a second start's words, if there is one. */
export function deepLinkIn(words: readonly string[]): DeepLink | null {
  for (const word of words) {
    const link = parseDeepLink(word);
    if (link !== null) return link;
  }
  return null;
}

/** Where the page shows it. */
export function routeOf({ code }: DeepLink): string {
  return `#/join/${encodeURIComponent(code)}`;
}
