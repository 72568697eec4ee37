import type { ErrorCode, Facts } from '../../../src-shared/errors/index.ts';

/**
 * Sentences that a client sees when it is sent away or refused. The player's client has no catalogue of ours, so they are plain
 * English, or vanilla's own translation keys where one says the same.
 */
const SENTENCES: Partial<Record<ErrorCode, (facts: Facts) => string>> = {
  'game.version-mismatch': (facts) =>
    `This world is played with Minecraft ${String(facts['expected'])}. Choose that version in your launcher and join again.`,
  'game.auth-failed': () => 'Minecraft could not confirm who you are. Restart Minecraft and join again.',
  'game.malformed-packet': () => 'Your game sent something that makes no sense, so the connection was cut. Try again without mods.',
  'game.oversized-packet': () => 'Your game sent more at once than fits, so the connection was cut. Try again without mods.',
  'game.flooding': () => 'Your game sent too much at once, so the connection was cut. Join again, more slowly.',
  'game.too-slow': () => 'Your game could not keep up with the world, so the connection was cut. Join again with a smaller view distance.',
  'game.world-frozen': () => 'The world is frozen: it can be looked at but not changed until enough of its machines are back.',
  'world.not-running': () => 'The world is stopping. Join again when it runs.',
  'play.already-online': () => 'You joined from another place, so this connection ended.',
  'play.too-fast': () => 'That was too much at once. Try again, more slowly.',
  'play.no-permission': () => 'You are not allowed to do that.',
  'play.chunk-not-loaded': () => 'The place where you are could not be loaded. Try again in a moment.',
};

export function sentenceOf(code: ErrorCode, facts: Facts): string {
  const sentence = SENTENCES[code];
  return sentence === undefined ? `Peerhold ended the connection (${code}).` : sentence(facts);
}

export const LOGIN_TOO_SLOW = 'Logging in took too long. Try again.';
export const SILENT_TOO_LONG = 'Your game did not answer for a while.';
export const WORLD_CLOSED = 'The world was stopped on this machine.';
