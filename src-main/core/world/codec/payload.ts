import { COMMANDS_PER_ENTRY_MAX } from '../../../../src-shared/config/index.ts';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { WireError } from '../../../../src-shared/wire/index.ts';
import type { WorldKit } from '../door.ts';
import type { Command } from '../model/commands.ts';
import type { Effect } from '../model/effects.ts';
import { command } from './commands.ts';
import { effects } from './effects.ts';
import { count, list, MessageReader, MessageWriter, struct, type Shape } from './shapes.ts';

/** What an entry of a shard's log says: the commands of its last tick, and what that tick and all before it changed. */
export interface Payload {
  /** First and last tick that the entry covers; between them nothing happened. */
  readonly tickFrom: number;
  readonly tickTo: number;
  /** The council's height by which keys, bans, operators and game rules were judged. */
  readonly councilHeight: number;
  /** The czar's wall clock, milliseconds since 1970. */
  readonly wallMillis: number;
  readonly commands: readonly Command[];
  readonly effects: readonly Effect[];
  /** How many of `effects` are the accountable part. */
  readonly accountable: number;
}

export const PAYLOAD_FORMAT = 1;

const payload = struct<Payload>({
  tickFrom: count,
  tickTo: count,
  councilHeight: count,
  wallMillis: count,
  commands: list(command, COMMANDS_PER_ENTRY_MAX),
  effects,
  accountable: count,
});

export function encodePayload(value: Payload, kit: WorldKit): Uint8Array {
  return encodeMessage(payload, value, kit);
}

/** Throws WireError for everything that `encodePayload` would not have written. */
export function decodePayload(bytes: Uint8Array, kit: WorldKit): Payload {
  const value = decodeMessage(payload, bytes, kit);
  if (value.tickFrom > value.tickTo || value.accountable > value.effects.length)
    throw new WireError('an entry that ends before it begins', bytes.length);
  return value;
}

export function encodeEffects(value: readonly Effect[], kit: WorldKit): Uint8Array {
  return encodeMessage(effects, value, kit);
}

/** Throws WireError for everything that `encodeEffects` would not have written. */
export function decodeEffects(bytes: Uint8Array, kit: WorldKit): readonly Effect[] {
  return decodeMessage(effects, bytes, kit);
}

export function encodeMessage<T>(shape: Shape<T>, value: T, kit: WorldKit): Uint8Array {
  const writer = new MessageWriter(kit.states);
  writer.u8(PAYLOAD_FORMAT);
  shape.write(writer, value);
  return writer.finish();
}

export function decodeMessage<T>(shape: Shape<T>, bytes: Uint8Array, kit: WorldKit): T {
  const reader = new MessageReader(bytes, kit.states);
  const format = reader.u8();
  if (format > PAYLOAD_FORMAT) throw new AppError('store.format-newer', { format, known: PAYLOAD_FORMAT });
  if (format !== PAYLOAD_FORMAT) reader.fail(`format ${format}`);
  const value = shape.read(reader);
  reader.end();
  return value;
}
