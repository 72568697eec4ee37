import assert from 'node:assert/strict';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Bot } from 'mineflayer';
import { Vec3 } from 'vec3';
import { seededRandom } from '../fakes/seededRandom.ts';
import { eventually, joinBot, leaveBot, placeOn } from './support/bots.ts';
import { readRegion, regionFiles, stateName, type ReadChunk } from './support/independentReader.ts';
import { makeFolder, peerhold, startNodeProcess, type NodeProcess } from './support/nodeProcess.ts';
import { plantChest, type ChestItem } from './support/plantedChest.ts';
import { realSave } from './support/worlds.ts';

const SAMPLES = 10_000;
const BLOCKS = 100;
const ITEMS: readonly ChestItem[] = [
  { slot: 0, id: 'minecraft:diamond', count: 5 },
  { slot: 13, id: 'minecraft:oak_planks', count: 64 },
  { slot: 26, id: 'minecraft:golden_apple', count: 2 },
];

interface Area {
  readonly file: string;
  readonly centre: ReadChunk;
  readonly chunks: ReadonlyMap<string, ReadChunk>;
}

/** The middle of 5 x 5 finished chunks of the save. */
async function findArea(folder: string): Promise<Area> {
  for (const file of regionFiles(folder)) {
    const chunks = new Map(
      (await readRegion(folder, file))
        .filter((chunk) => chunk.nbt.Status.endsWith('full'))
        .map((chunk) => [`${chunk.x},${chunk.z}`, chunk]),
    );
    for (const centre of chunks.values()) {
      const around = [-2, -1, 0, 1, 2].flatMap((dx) => [-2, -1, 0, 1, 2].map((dz) => chunks.get(`${centre.x + dx},${centre.z + dz}`)));
      if (around.every((chunk) => chunk !== undefined))
        return { file, centre, chunks: new Map(around.map((chunk) => [`${chunk.x},${chunk.z}`, chunk])) };
    }
  }
  throw new Error('no 5 x 5 finished chunks in the save');
}

/** The first chest with air above it in a finished chunk. */
async function findChest(
  folder: string,
): Promise<{ readonly file: string; readonly chunk: ReadChunk; readonly at: { x: number; y: number; z: number } }> {
  for (const file of regionFiles(folder)) {
    for (const chunk of await readRegion(folder, file)) {
      if (!chunk.nbt.Status.endsWith('full')) continue;
      for (const { id, x, y, z } of chunk.nbt.block_entities ?? []) {
        if (id === 'minecraft:chest' && /air/.test(chunk.blockAt(x, y + 1, z) ?? '')) return { file, chunk, at: { x, y, z } };
      }
    }
  }
  throw new Error('no chest in the save');
}

/** Hangs in the air until the chunk is there: mineflayer falls in every game mode. */
async function teleport(bot: Bot, x: number, y: number, z: number): Promise<void> {
  bot.physicsEnabled = false;
  bot.chat(`/tp ${bot.username} ${x} ${y} ${z}`);
  const there = () => Math.hypot(bot.entity.position.x - x, bot.entity.position.z - z) < 2;
  await eventually(`${bot.username} at ${x} ${y} ${z}`, () => there() && bot.blockAt(new Vec3(x, y, z)) !== null, 20_000);
  bot.physicsEnabled = true;
}

async function command(bot: Bot, text: string, done: () => boolean): Promise<void> {
  bot.chat(text);
  await eventually(text, done);
}

function countOf(bot: Bot, item: string): number {
  return bot.inventory
    .items()
    .filter(({ name }) => name === item)
    .reduce((sum, { count }) => sum + count, 0);
}

async function startWorld(dataFolder: string): Promise<{ readonly node: NodeProcess; readonly address: string }> {
  const node = await startNodeProcess(dataFolder);
  const started = await peerhold(dataFolder, 'world', 'start', 'Real');
  assert.equal(started.code, 0, JSON.stringify(started.value));
  return { node, address: started.value.address };
}

test('E2E 1: a real save is imported, joined, played, restarted', { timeout: 400_000 }, async (context: TestContext) => {
  const save = realSave('survival-1.19', context);
  if (save === null) return;
  const folder = makeFolder();
  const copy = join(folder.path, 'save');
  const data = join(folder.path, 'data');
  cpSync(save, copy, { recursive: true });
  const chest = await findChest(join(copy, 'region'));
  await plantChest(join(copy, 'region'), chest.file, chest.chunk, chest.at, ITEMS);
  const area = await findArea(join(copy, 'region'));
  let { node, address }: { node: NodeProcess; address: string } = { node: null as never, address: '' };
  try {
    const report = await peerhold(data, 'world', 'import', copy, '--name', 'Real');
    assert.equal(report.code, 0, JSON.stringify(report.value));
    context.diagnostic(
      `imported ${report.value.chunks} chunks, ${report.value.entities} entities, ${report.value.files} files in ${Math.round(report.value.millis)} ms`,
    );
    assert.deepEqual(report.value.skipped, []);
    assert.equal(report.value.players, readdirSync(join(copy, 'playerdata')).filter((file) => file.endsWith('.dat')).length);

    ({ node, address } = await startWorld(data));
    const start = performance.now();
    let bot = await joinBot(address, 'Anna', { viewDistance: 'normal' });
    context.diagnostic(`connect to spawn: ${Math.round(performance.now() - start)} ms`);
    await command(bot, '/gamemode creative', () => bot.game.gameMode === 'creative');
    await compareBlocks(context, bot, area);
    await readChest(bot, chest.at);
    const built = await digAndPlace(context, bot, area);
    await leaveBot(bot);

    assert.equal(await node.stop(), 0);
    ({ node, address } = { node: await startNodeProcess(data), address: '' });
    const worlds = await peerhold(data, 'world', 'list');
    assert.equal(worlds.value[0].state, 'running', 'what ran is started again');
    address = (await peerhold(data, 'status')).value.game;
    bot = await joinBot(address, 'Anna');
    await eventually('the built blocks', () => bot.blockAt(built.placed.at(-1)!) !== null);
    for (const pos of built.placed) assert.equal(bot.blockAt(pos)?.name, 'cobblestone', `placed at ${pos.toString()}`);
    assert.equal(countOf(bot, 'cobblestone'), built.cobblestone, 'the inventory is the one before the restart');
    await leaveBot(bot);
    assert.equal(await node.stop(), 0);
  } catch (error) {
    for (const event of node?.events.slice(-15) ?? []) context.diagnostic(JSON.stringify(event));
    throw error;
  } finally {
    await node?.kill();
    folder.remove();
  }
});

async function compareBlocks(context: TestContext, bot: Bot, { centre, chunks }: Area): Promise<void> {
  const middle = new Vec3(centre.x * 16 + 8, 200, centre.z * 16 + 8);
  await command(bot, '/gamemode spectator', () => bot.game.gameMode === 'spectator');
  await teleport(bot, middle.x, middle.y, middle.z);
  await eventually(
    '5 x 5 chunks',
    () => [...chunks.values()].every(({ x, z }) => bot.blockAt(new Vec3(x * 16, 100, z * 16)) !== null),
    30_000,
  );
  const seed = Date.now() >>> 0;
  const random = seededRandom(seed);
  const draw = (below: number): number => random.integer(below);
  const list = [...chunks.values()];
  const wrong: string[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const chunk = list[draw(list.length)]!;
    const [x, y, z] = [chunk.x * 16 + draw(16), -64 + draw(384), chunk.z * 16 + draw(16)];
    const want = (chunk.blockAt(x, y, z) ?? 'minecraft:air').replace(/^minecraft:grass$/, 'minecraft:short_grass');
    const block = bot.blockAt(new Vec3(x, y, z))!;
    const seen = stateName(block.name, block.getProperties());
    if (seen !== want) wrong.push(`${x},${y},${z}: save ${want}, client ${seen}`);
  }
  context.diagnostic(`${SAMPLES} sampled blocks (seed ${seed}): ${wrong.length} differ`);
  assert.deepEqual(wrong.slice(0, 10), []);
}

async function readChest(bot: Bot, at: { readonly x: number; readonly y: number; readonly z: number }): Promise<void> {
  await command(bot, '/gamemode creative', () => bot.game.gameMode === 'creative');
  await teleport(bot, at.x + 0.5, at.y + 1, at.z + 0.5);
  const window = await bot.openContainer(bot.blockAt(new Vec3(at.x, at.y, at.z))!);
  const seen = window.containerItems().map(({ slot, name, count }) => ({ slot, id: `minecraft:${name}`, count }));
  assert.deepEqual(seen, ITEMS);
  window.close();
}

/**
 * A layer of stone on a bedrock floor in the sky, in survival: the bot digs its way through 100 blocks, picking up what falls out, then walks
 * back and closes the way behind it.
 */
async function digAndPlace(context: TestContext, bot: Bot, { centre }: Area): Promise<{ placed: readonly Vec3[]; cobblestone: number }> {
  const [x, y, z] = [centre.x * 16, 250, centre.z * 16];
  await command(bot, '/gamemode creative', () => bot.game.gameMode === 'creative');
  await teleport(bot, x + 2.5, y, z + 2.5);
  bot.physicsEnabled = false;
  const filled = (dy: number, name: string) => () => bot.blockAt(new Vec3(x + 13, y + dy, z + 13))?.name === name;
  await command(bot, `/fill ${x} ${y - 1} ${z} ${x + 15} ${y - 1} ${z + 15} minecraft:bedrock`, filled(-1, 'bedrock'));
  await command(bot, `/fill ${x} ${y} ${z} ${x + 15} ${y} ${z + 15} minecraft:stone`, filled(0, 'stone'));
  await command(bot, `/setblock ${x + 2} ${y} ${z + 2} minecraft:air`, () => bot.blockAt(new Vec3(x + 2, y, z + 2))?.name === 'air');
  await teleport(bot, x + 2.5, y, z + 2.5);
  await command(bot, '/clear', () => bot.inventory.items().length === 0);
  await command(bot, '/give Anna minecraft:diamond_pickaxe', () => countOf(bot, 'diamond_pickaxe') === 1);
  await command(bot, '/gamemode survival', () => bot.game.gameMode === 'survival');
  await eventually('standing', () => bot.entity.onGround);
  await bot.equip(
    bot.inventory.items().find(({ name }) => name === 'diamond_pickaxe')!,
    'hand',
  );

  const way = snake(x + 2, y, z + 2);
  const times: number[] = [];
  for (const pos of way.slice(1)) {
    const start = performance.now();
    await bot.dig(bot.blockAt(pos)!, true);
    times.push(performance.now() - start);
    await stepTo(bot, pos);
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)]!;
  context.diagnostic(`stone with a diamond pickaxe: median ${Math.round(median)} ms (vanilla 300 ms)`);
  assert.ok(median >= 250 && median <= 500, `median ${median} ms`);
  await eventually('every dug stone gave one cobblestone, and all are picked up', () => countOf(bot, 'cobblestone') === BLOCKS);

  const placed: Vec3[] = [];
  await bot.equip(
    bot.inventory.items().find(({ name }) => name === 'cobblestone')!,
    'hand',
  );
  for (let i = way.length - 1; i > 0; i--) {
    await stepTo(bot, way[i - 1]!);
    if (bot.heldItem?.name !== 'cobblestone')
      await bot.equip(
        bot.inventory.items().find(({ name }) => name === 'cobblestone')!,
        'hand',
      );
    await placeOn(bot, way[i]!.offset(0, -1, 0));
    placed.push(way[i]!);
  }
  await eventually('all cobblestone placed', () => countOf(bot, 'cobblestone') === 0);
  context.diagnostic(`${times.length} blocks dug and ${placed.length} placed in survival`);
  return { placed, cobblestone: 0 };
}

/** BLOCKS + 1 cells, each beside the one before: along, one over, back. */
function snake(x: number, y: number, z: number): readonly Vec3[] {
  const ROW = 11;
  return Array.from({ length: BLOCKS + 1 }, (_, i) => {
    const row = Math.floor(i / ROW);
    return new Vec3(x + (row % 2 === 0 ? i % ROW : ROW - 1 - (i % ROW)), y, z + row);
  });
}

/** Walks into the cell beside and a little past its middle, so that the body is clear of the cell it came from. */
async function stepTo(bot: Bot, pos: Vec3): Promise<void> {
  const middle = pos.offset(0.5, 0, 0.5);
  const away = new Vec3(
    Math.sign(Math.round(middle.x - bot.entity.position.x)),
    0,
    Math.sign(Math.round(middle.z - bot.entity.position.z)),
  );
  await bot.lookAt(middle.plus(away.scaled(0.4)).offset(0, 1.6, 0), true);
  bot.setControlState('forward', true);
  try {
    await eventually(`step to ${pos.toString()}`, () => bot.entity.position.minus(middle).dot(away) > 0);
  } finally {
    bot.clearControlStates();
  }
}
