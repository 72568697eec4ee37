/** Limits of the Minecraft endpoint. Sentences for the client stand in `io/game/kicks.ts`. */

/** A frame before the player is logged in, in bytes; a longer one ends the connection with `game.oversized-packet`. */
export const GAME_LOGIN_FRAME_BYTES_MAX = 16 * 1024;
/** A frame of a logged-in player as it comes (vanilla: 2^21 - 1). */
export const GAME_FRAME_BYTES_MAX = 2_097_151;
/** A packet after inflating, in bytes; vanilla's largest is an item with much NBT. */
export const GAME_PACKET_BYTES_MAX = 2_097_152;
/** What one client may send in any one second; more ends the connection with `game.flooding`. An honest one sends below 100 packets. */
export const GAME_PACKETS_PER_SECOND_MAX = 500;
export const GAME_BYTES_PER_SECOND_MAX = 4 * 1024 * 1024;
/** Bytes that wait for one client's socket; a client that lets more pile up is disconnected with `game.too-slow`. */
export const GAME_SEND_QUEUE_BYTES_MAX = 32 * 1024 * 1024;
/** Connections at once, pings and logins included; further ones are closed without an answer. */
export const GAME_CONNECTIONS_MAX = 256;
/** From the connection to being in the world. */
export const GAME_LOGIN_MILLIS_MAX = 30_000;
/** A keep-alive is sent this often; a client that answers none for the second time is gone (vanilla: 15 s and 30 s). */
export const GAME_KEEP_ALIVE_MILLIS = 10_000;
export const GAME_SILENCE_MILLIS_MAX = 30_000;
/** Packets of at least this size are compressed (vanilla's default). */
export const GAME_COMPRESSION_BYTES_MIN = 256;
/** Chunks a tick that a client may ask for by its measured rate (vanilla 64), and batches that it has not answered yet. */
export const GAME_CHUNKS_PER_TICK_MAX = 256;
export const GAME_CHUNK_BATCHES_MAX = 10;
/** Encoded chunks that are kept for the next player or the way back; the least used goes. */
export const GAME_ENCODED_BYTES_MAX = 64 * 1024 * 1024;
/** Commands of one session that were sent and not executed; further actions of the client are answered with the true state. */
export const GAME_COMMANDS_WAITING_MAX = 200;
/** Chat messages in a row, and ticks until one more is allowed again (vanilla: 200 and 20 of its counter). Further ones are not passed on. */
export const GAME_CHAT_BURST_MAX = 10;
export const GAME_CHAT_TICKS = 20;
/** Presences of one player in a second. */
export const GAME_PRESENCES_PER_SECOND_MAX = 20;
/** Players that the server list shows as the maximum. */
export const GAME_PLAYERS_SHOWN_MAX = 100;
/** Names under the pointer in the server list. */
export const GAME_PLAYERS_SAMPLED_MAX = 12;
