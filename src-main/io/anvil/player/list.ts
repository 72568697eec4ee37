import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { parseUuid, toHex, type DimensionName, type Uuid } from '../../../../src-shared/units/index.ts';
import type { Survey } from '../save/survey.ts';

/** A player that a save keeps. */
export interface ListedPlayer {
  readonly uuid: Uuid;
  /** Path of the player's file, or "level.dat". */
  readonly source: string;
}

/** 26.1 moved them to players/data. Bare and hyphenated names are the same player; the hyphenated file counts. */
const PLAYER_FILE = /^(?:playerdata|players\/data)\/([0-9a-fA-F-]+)\.dat$/;

/** The UUID that single players had until they got one: nobody's. */
const NOBODY = '00000000-0000-0000-0000-000000000000' as Uuid;

export function playersOfSave({ files, data }: Pick<Survey, 'files' | 'data'>): readonly ListedPlayer[] {
  const found = new Map<Uuid, ListedPlayer>();
  for (const { path } of files) {
    const name = PLAYER_FILE.exec(path)?.[1];
    const uuid = name === undefined ? null : parseUuid(name);
    if (uuid !== null && (!found.has(uuid) || name!.includes('-'))) found.set(uuid, { uuid, source: path });
  }
  const single = nbt.getCompound(data, 'Player');
  const inLevel: ListedPlayer[] = single === null ? [] : [{ uuid: uuidOf(single) ?? NOBODY, source: 'level.dat' }];
  return [...found.values(), ...inLevel];
}

/** Four ints since 1.16, two longs before. */
export function uuidOf(player: NbtCompound): Uuid | null {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  const ints = player.value.get('UUID');
  const most = player.value.get('UUIDMost');
  const least = player.value.get('UUIDLeast');
  if (ints?.type === 'intArray' && ints.value.length === 4) ints.value.forEach((int, i) => view.setInt32(4 * i, int));
  else if (most?.type === 'long' && least?.type === 'long') {
    view.setBigInt64(0, most.value);
    view.setBigInt64(8, least.value);
  } else return null;
  return parseUuid(toHex(bytes));
}

/** Names since 1.16, numbers before; the overworld where it does not say. */
export function dimensionOfPlayer(player: NbtCompound): DimensionName {
  const name = nbt.getText(player, 'Dimension');
  if (name !== null) return name.includes(':') ? name : `minecraft:${name}`;
  const number = nbt.getNumber(player, 'Dimension');
  return number === -1 ? 'minecraft:the_nether' : number === 1 ? 'minecraft:the_end' : 'minecraft:overworld';
}
