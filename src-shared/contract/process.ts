import { z } from 'zod';
import { count, problem, record, text } from './schema.ts';

/** What the shell tells the node's own process. Ports come along with `port`: the other end is a window's. */
export const shellMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('port') }).readonly(),
  /** Hand over, sync, and say `left`. */
  z.strictObject({ type: z.literal('leave') }).readonly(),
]);

/** What the node's process tells the shell. */
export const nodeMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }).readonly(),
  /** For the tray: the running world and who is in. */
  z.strictObject({ type: z.literal('playing'), world: text.nullable(), players: count }).readonly(),
  z.strictObject({ type: z.literal('left') }).readonly(),
  /** It can not run; the process ends. */
  z.strictObject({ type: z.literal('failed'), problem }).readonly(),
]);

/** What the page asks the preload for, and the message that brings the port. */
export const PORT_CHANNEL = 'peerhold:port';

export const deepLink = record({ type: z.literal('join'), code: z.string().regex(/^[0-9A-Za-z._~-]{6,2000}(#[0-9A-Za-z._~-]{1,512})?$/) });

export type ShellMessage = z.infer<typeof shellMessage>;
export type NodeMessage = z.infer<typeof nodeMessage>;
export type DeepLink = z.infer<typeof deepLink>;
