import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { LevelFacts } from '../door.ts';

const GAME_MODES: readonly string[] = ['survival', 'creative', 'adventure', 'spectator'];
const DIFFICULTIES: readonly string[] = ['peaceful', 'easy', 'normal', 'hard'];
/** The version of the whole format since 1.2, not of the game. */
const ANVIL = 19133;

/**
 * level.dat of a world that was born here, as 1.21.1 writes it: vanilla goes on with its own generator and our seed where we made nothing.
 * Source: https://minecraft.wiki/w/Java_Edition_level_format and a level.dat of 1.21.1.
 */
export function newLevel(level: LevelFacts, player: NbtCompound | null): NbtCompound {
  const flag = (value: boolean): Nbt => nbt.byte(value ? 1 : 0);
  const data: Record<string, Nbt> = {
    DataVersion: nbt.int(level.dataVersion),
    Version: nbt.compound({
      Id: nbt.int(level.dataVersion),
      Name: nbt.text(level.version ?? ''),
      Series: nbt.text('main'),
      Snapshot: nbt.byte(0),
    }),
    version: nbt.int(ANVIL),
    LevelName: nbt.text(level.name),
    LastPlayed: nbt.long(BigInt(Math.floor(level.lastPlayed))),
    GameType: nbt.int(Math.max(0, GAME_MODES.indexOf(level.gameMode))),
    Difficulty: nbt.byte(Math.max(0, DIFFICULTIES.indexOf(level.difficulty))),
    DifficultyLocked: nbt.byte(0),
    hardcore: flag(level.hardcore),
    allowCommands: flag(level.allowCommands),
    initialized: nbt.byte(1),
    Time: nbt.long(BigInt(Math.floor(level.dayTime))),
    DayTime: nbt.long(BigInt(Math.floor(level.dayTime))),
    raining: flag(level.raining),
    thundering: flag(level.thundering),
    rainTime: nbt.int(0),
    thunderTime: nbt.int(0),
    clearWeatherTime: nbt.int(0),
    SpawnX: nbt.int(level.spawn.pos.x),
    SpawnY: nbt.int(level.spawn.pos.y),
    SpawnZ: nbt.int(level.spawn.pos.z),
    SpawnAngle: nbt.float(level.spawn.angle),
    GameRules: nbt.compound(Object.fromEntries(Object.entries(level.gameRules).map(([name, value]) => [name, nbt.text(value)]))),
    DataPacks: nbt.compound({ Enabled: nbt.list('string', [nbt.text('vanilla')]), Disabled: nbt.list('end', []) }),
    WorldGenSettings: worldGeneration(BigInt(level.seed)),
  };
  return nbt.compound({ Data: nbt.compound(player === null ? data : { ...data, Player: player }) });
}

function worldGeneration(seed: bigint): NbtCompound {
  return nbt.compound({
    seed: nbt.long(seed),
    generate_features: nbt.byte(1),
    bonus_chest: nbt.byte(0),
    dimensions: nbt.compound({
      'minecraft:overworld': dimension('overworld', multiNoise('overworld')),
      'minecraft:the_nether': dimension('the_nether', multiNoise('nether')),
      'minecraft:the_end': dimension('the_end', nbt.compound({ type: nbt.text('minecraft:the_end') })),
    }),
  });
}

function multiNoise(preset: string): NbtCompound {
  return nbt.compound({ type: nbt.text('minecraft:multi_noise'), preset: nbt.text(`minecraft:${preset}`) });
}

function dimension(name: 'overworld' | 'the_nether' | 'the_end', biomes: NbtCompound): NbtCompound {
  const settings = name === 'the_nether' ? 'nether' : name === 'the_end' ? 'end' : 'overworld';
  return nbt.compound({
    type: nbt.text(`minecraft:${name}`),
    generator: nbt.compound({ type: nbt.text('minecraft:noise'), settings: nbt.text(`minecraft:${settings}`), biome_source: biomes }),
  });
}
