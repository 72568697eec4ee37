import type { FoundSave, Job, LogLine, OnlinePlayer, World, WorldImportPlan, WorldPlayer } from '../../../src-shared/contract/index.ts';
import { parseUuid, type Uuid } from '../../../src-shared/units/index.ts';
import { fakeWorld, PLAN } from '../../fakes/nodeApi.ts';

const HOUR = 3_600_000;
const NOW = Date.now();

const uuid = (digit: string): Uuid => parseUuid(digit.repeat(32))!;

export const SAVES: readonly FoundSave[] = [
  save({ name: 'Amber Valley', launcher: 'prism', instance: 'Fabric 1.21', lastPlayed: NOW - 2 * HOUR, bytes: 84_200_000 }),
  save({
    name: 'Skyblock with Ben',
    launcher: 'modrinth',
    instance: 'Skyblock',
    lastPlayed: NOW - 30 * HOUR,
    bytes: 3_400_000,
    inUse: true,
  }),
  save({
    name: 'The very long name of a world that somebody once began and never finished',
    lastPlayed: NOW - 400 * HOUR,
    version: '1.19.4',
  }),
  save({ name: 'Old base', version: null, dataVersion: null, lastPlayed: NOW - 40_000 * HOUR, bytes: 2_300_000_000, bytesExact: false }),
];

function save(change: Partial<FoundSave> & { readonly name: string }): FoundSave {
  return {
    path: `/home/anna/.minecraft/saves/${change.name}`,
    launcher: 'minecraft',
    instance: null,
    version: '1.21.1',
    dataVersion: 3955,
    bytes: 12_000_000,
    bytesExact: true,
    lastPlayed: null,
    gameMode: 'survival',
    inUse: false,
    icon: null,
    ...change,
  };
}

export const WORLDS: readonly World[] = [
  fakeWorld({ name: 'Home town', lastPlayed: NOW - 3 * HOUR, bytes: 97_300_000, origin: 'imported' }),
  fakeWorld({ name: 'Desert rally', lastPlayed: NOW - 90 * HOUR, gameMode: 'creative' }),
  fakeWorld({ name: 'From the future', version: '1.21.11', dataVersion: 4671, playable: false, origin: 'imported' }),
  fakeWorld({ name: 'Broken disk', state: 'damaged', lastPlayed: NOW - 900 * HOUR }),
];

export const DAMAGED_PLAN: WorldImportPlan = {
  ...PLAN,
  translated: true,
  version: '1.19.4',
  players: [{ uuid: uuid('a'), singlePlayer: true }],
  problems: [
    { file: 'region/r.0.0.mca', position: { x: 12, z: 30 }, code: 'import.chunk-truncated', facts: {} },
    { file: 'region/r.-1.0.mca', position: null, code: 'import.region-damaged', facts: {} },
  ],
};

export const PEOPLE: readonly OnlinePlayer[] = ['Anna', 'Ben', 'Cleo'].map((name, index) => ({
  name,
  uuid: uuid(String(index + 1)),
  node: '12D3KooWFakeNode',
  shard: 'overworld',
  position: { x: 120.4 - 90 * index, y: 68, z: -44.2 + 300 * index },
  dimension: index === 2 ? 'minecraft:the_nether' : 'minecraft:overworld',
  joined: NOW - HOUR,
}));

export const SAVE_PLAYERS: readonly WorldPlayer[] = [
  player('a', 'Anna', { claimedBy: 'Anna', online: true }),
  player('b', null, { singlePlayer: true }),
  player('c', 'OldBen', { dimension: 'minecraft:the_end' }),
];

function player(digit: string, name: string | null, change: Partial<WorldPlayer>): WorldPlayer {
  const place = { dimension: 'minecraft:overworld', position: { x: 1, y: 64, z: 1 } };
  return { uuid: uuid(digit), name, singlePlayer: false, online: false, claimedBy: null, ...place, ...change };
}

export const LOG: readonly LogLine[] = Array.from({ length: 60 }, (_, sequence) => ({
  sequence,
  at: NOW - (60 - sequence) * 7000,
  level: sequence % 17 === 9 ? 'warn' : 'info',
  event: ['entry.final', 'player.joined', 'chunk.loaded', 'storage.synced', 'game.malformed-packet'][sequence % 5]!,
  facts: { height: 1200 + sequence, millis: (sequence * 7) % 23, group: 'shard/overworld' },
}));

export const EXPORTED: Job = {
  id: 'exported',
  kind: 'export',
  world: 'Home town',
  path: '/home/anna/backup/Home town',
  started: NOW,
  progress: {
    phase: 'done',
    chunksDone: 9316,
    chunksTotal: 9316,
    bytesDone: 1,
    bytesTotal: 1,
    chunksPerSecond: 900,
    bytesPerSecond: 8_000_000,
    millisLeft: null,
  },
  outcome: {
    state: 'exported',
    finished: NOW,
    report: { name: 'Home town', folder: '/home/anna/backup/Home town', chunks: 9316, files: 61, bytes: 84_200_000, millis: 9000 },
  },
};
