const STORED = 'peerhold.key';

/**
 * The key that opens this page's line. It comes behind `#token=` of the address, which browsers never send, is taken out of the address
 * bar at once and lives as long as the tab.
 */
export function takeKeyFromAddress(): void {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  sessionStorage.setItem(STORED, token);
  history.replaceState(null, '', '#/');
}

export function readKey(): string {
  return sessionStorage.getItem(STORED) ?? '';
}

/** Takes the whole address that Peerhold printed, a token, or a password. */
export function writeKey(typed: string): void {
  const token = /#token=([\w-]+)/.exec(typed)?.[1];
  sessionStorage.setItem(STORED, token ?? typed.trim());
}

/** The sub-protocols in which a key travels: our protocol, and the key in base64url. */
export function offer(key: string): string[] {
  const bytes = new TextEncoder().encode(key);
  const base64 = btoa(String.fromCharCode(...bytes));
  return ['peerhold.v1', `key.${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`];
}
