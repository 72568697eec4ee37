import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bot } from 'mineflayer';
import { Vec3 } from 'vec3';
import { chunkOf, type Hash, type Uuid } from '../../src-shared/units/index.ts';
import { listWorldFolders } from '../../src-main/node/worldFolder.ts';
import { buildKit } from '../../src-main/node/build.ts';
import { withOpenWorld } from '../../src-main/node/world/recovery.ts';
import { seededRandom } from '../fakes/seededRandom.ts';
import { eventually, joinBot, leaveBot, placeOn } from './support/bots.ts';
import { makeFolder, peerhold, startNodeProcess, type NodeEvent, type NodeProcess } from './support/nodeProcess.ts';

const ROUNDS = Number(process.env['PEERHOLD_KILL_ROUNDS'] ?? 10);
const FLOOR_Y = 200;
const GIVEN = 128;
const BUILDERS = [
  { name: 'Anna', x: 2, z: 2 },
  { name: 'Ben', x: 10, z: 10 },
] as const;
/** The eight cells around a builder's feet: what is dug there is picked up. */
const RING = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dz) => ({ dx, dz }))).filter(({ dx, dz }) => dx !== 0 || dz !== 0);

interface Site {
  /** Operations that a client sent per position, oldest first. */
  readonly tried: Map<string, ('place' | 'dig')[]>;
  /** What stopped a builder before the plug was pulled. */
  readonly faults: unknown[];
}

interface Seen {
  readonly sequences: ReadonlyMap<Uuid, number>;
  readonly heights: ReadonlyMap<number, Hash>;
  readonly cobblestone: number;
  /** Cells whose digging was accepted early and is due in a few ticks. */
  readonly beingDug: ReadonlySet<string>;
  blockAt(pos: Vec3): string;
}

test(`E2E kill: ${ROUNDS} rounds of kill -9 while two clients build`, { timeout: 120_000 + ROUNDS * 40_000 }, async (context) => {
  const seed = Number(process.env['PEERHOLD_SEED'] ?? Date.now() % 1_000_000);
  const random = seededRandom(seed);
  const draw = (below: number): number => random.integer(below);
  const folder = makeFolder();
  const data = folder.path;
  let node: NodeProcess | null = null;
  const totals = { finals: 0, entries: 0 };
  try {
    assert.equal((await peerhold(data, 'world', 'create', 'Kill', '--seed', '7')).code, 0);
    node = await startNodeProcess(data);
    assert.equal((await peerhold(data, 'world', 'start', 'Kill')).code, 0);
    await prepare(String((await peerhold(data, 'status')).value.game));
    await node.kill();
    for (let round = 0; round < ROUNDS; round++) {
      node = await startNodeProcess(data);
      const address = String((await peerhold(data, 'status')).value.game);
      const site: Site = { tried: new Map(), faults: [] };
      const bots = await Promise.all(BUILDERS.map(({ name }) => joinBot(address, name)));
      for (const [index, bot] of bots.entries()) await standing(bot, BUILDERS[index]!);
      const building = bots.map((bot, index) => build(bot, BUILDERS[index]!, site));
      await new Promise((resolve) => setTimeout(resolve, 400 + draw(2600)));
      for (const stop of building) stop();
      await node.kill();
      assert.deepEqual(site.faults, []);
      const told = node.events.filter(({ event }) => event === 'command.final' || event === 'entry.final');
      checkRound(`round ${round} (seed ${seed})`, told, site, await look(data));
      totals.finals += told.filter(({ event }) => event === 'command.final').length;
      totals.entries += told.filter(({ event }) => event === 'entry.final').length;
    }
    context.diagnostic(
      `${ROUNDS} rounds, seed ${seed}: ${totals.finals} certified commands in ${totals.entries} entries; 0 missing, 0 twice, ${GIVEN * BUILDERS.length} cobblestones in every round`,
    );
    assert.ok(totals.finals > ROUNDS * 15, 'the builders hardly built');
  } finally {
    await node?.kill();
    folder.remove();
  }
});

/** A floor in the sky, and each builder on it in survival with pickaxe and cobblestone. */
async function prepare(address: string): Promise<void> {
  const bots: Bot[] = [];
  for (const { name } of BUILDERS) bots.push(await joinBot(address, name));
  // The first who joined is the operator.
  for (const { name } of BUILDERS.slice(1)) await say(bots[0]!, `/op ${name}`, () => true);
  for (const [index, { name, x, z }] of BUILDERS.entries()) {
    const bot = bots[index]!;
    await say(bot, '/gamemode creative', () => bot.game.gameMode === 'creative');
    await say(
      bot,
      `/tp ${name} ${x + 0.5} ${FLOOR_Y + 1} ${z + 0.5}`,
      () => Math.abs(bot.entity.position.y - FLOOR_Y - 1) < 2 && bot.blockAt(new Vec3(x, FLOOR_Y, z)) !== null,
    );
    await say(
      bot,
      `/fill ${x - 2} ${FLOOR_Y} ${z - 2} ${x + 2} ${FLOOR_Y} ${z + 2} minecraft:bedrock`,
      () => bot.blockAt(new Vec3(x + 2, FLOOR_Y, z + 2))?.name === 'bedrock',
    );
    await say(bot, `/give ${name} minecraft:diamond_pickaxe`, () => bot.inventory.items().some((item) => item.name === 'diamond_pickaxe'));
    await say(
      bot,
      `/give ${name} minecraft:cobblestone ${GIVEN}`,
      () =>
        bot.inventory
          .items()
          .filter((item) => item.name === 'cobblestone')
          .reduce((sum, { count }) => sum + count, 0) === GIVEN,
    );
    await say(bot, `/tp ${name} ${x + 0.5} ${FLOOR_Y + 1} ${z + 0.5}`, () => bot.entity.onGround);
    await say(bot, '/gamemode survival', () => bot.game.gameMode === 'survival');
    await leaveBot(bot);
  }
}

async function say(bot: Bot, text: string, done: () => boolean): Promise<void> {
  bot.chat(text);
  await eventually(text, done);
}

function standing(bot: Bot, { x, z }: { readonly x: number; readonly z: number }): Promise<unknown> {
  return eventually(
    `${bot.username} stands on the floor`,
    () => bot.entity.onGround && bot.blockAt(new Vec3(x, FLOOR_Y, z))?.name === 'bedrock',
  );
}

/** Fills the ring and digs it out again, over and over, until it is stopped or the connection ends. */
function build(bot: Bot, { x, z }: { readonly x: number; readonly z: number }, site: Site): () => void {
  const signal = { stopped: false };
  const stop = (): void => {
    signal.stopped = true;
  };
  bot.on('end', stop);
  bot.on('error', stop);
  const note = (pos: Vec3, what: 'place' | 'dig'): void =>
    void site.tried.set(pos.toString(), [...(site.tried.get(pos.toString()) ?? []), what]);
  const hold = async (name: string): Promise<void> => {
    const item = bot.inventory.items().find((other) => other.name === name);
    if (bot.heldItem?.name !== name && item !== undefined) await bot.equip(item, 'hand');
  };
  const run = async (): Promise<void> => {
    while (!signal.stopped) {
      for (const { dx, dz } of RING) {
        const pos = new Vec3(x + dx, FLOOR_Y + 1, z + dz);
        if (signal.stopped) return;
        if (bot.blockAt(pos)?.name === 'cobblestone') {
          await hold('diamond_pickaxe');
          note(pos, 'dig');
          await bot.dig(bot.blockAt(pos)!, true);
        } else {
          await hold('cobblestone');
          note(pos, 'place');
          await placeOn(bot, pos.offset(0, -1, 0));
        }
      }
    }
  };
  // A plug that is pulled ends every operation that waits: that is the point of the test.
  run().catch((error: unknown) => {
    if (!signal.stopped) site.faults.push(error);
  });
  return stop;
}

/** What the folder holds after the kill, recovered by the product's own code. */
async function look(data: string): Promise<Seen> {
  const kit = await buildKit(data);
  try {
    const [world] = await listWorldFolders(`${data}/worlds`);
    return await withOpenWorld(kit, world!, async (open) => {
      const { shard, residency } = open.overworld;
      const area = BUILDERS.flatMap(({ x, z }) => [-2, 2].flatMap((dx) => [-2, 2].map((dz) => chunkOf({ x: x + dx, z: z + dz }))));
      await residency.load(area);
      const blocks = new Map<string, string>();
      let cobblestone = 0;
      for (const { x, z } of BUILDERS) {
        for (const { dx, dz } of RING) {
          const pos = new Vec3(x + dx, FLOOR_Y + 1, z + dz);
          const name = kit.world.states.nameOf(shard.block(pos));
          blocks.set(pos.toString(), name);
          if (name === 'minecraft:cobblestone') cobblestone += 1;
        }
      }
      const beingDug = new Set<string>();
      for (let tick = shard.tick; tick < shard.tick + 40; tick++) {
        for (const { pos, kind } of shard.dueTicks(tick)) if (kind === 'finishDig') beingDug.add(new Vec3(pos.x, pos.y, pos.z).toString());
      }
      const sequences = new Map<Uuid, number>();
      for (const player of shard.players()) {
        for (const slot of [...player.inventory, player.cursor]) if (slot?.name === 'minecraft:cobblestone') cobblestone += slot.count;
        const session = shard.sessionOf(player.uuid);
        if (session !== null) sequences.set(session, shard.sequenceOf(session) ?? 0);
      }
      for (const { body } of shard.entities())
        if (body.type === 'item' && body.stack.name === 'minecraft:cobblestone') cobblestone += body.stack.count;
      return { sequences, heights: open.overworld.recoveredHashes, cobblestone, beingDug, blockAt: (pos) => blocks.get(pos.toString())! };
    });
  } finally {
    await kit.jobs.close();
  }
}

function checkRound(round: string, told: readonly NodeEvent[], site: Site, seen: Seen): void {
  for (const event of told) {
    if (event['group'] !== 'overworld') continue;
    if (event.event === 'entry.final') {
      const hash = seen.heights.get(Number(event['height']));
      if (hash !== undefined) assert.equal(hash, event['hash'], `${round}: entry ${String(event['height'])} is another one`);
    } else {
      // A session is forgotten when the same player's next one begins.
      const replaced = told.some(
        (later) => later['action'] === 'join' && later['player'] === event['player'] && later['session'] !== event['session'],
      );
      const newest = seen.sequences.get(event['session'] as Uuid);
      if (newest === undefined && replaced) continue;
      assert.ok(
        newest !== undefined && newest >= Number(event['sequence']),
        `${round}: certified command ${String(event['sequence'])} of ${String(event['player'])} is missing (newest ${newest})`,
      );
    }
  }
  assert.equal(seen.cobblestone, GIVEN * BUILDERS.length, `${round}: cobblestones were lost or made`);
  const done = new Map<string, number>();
  for (const event of told) {
    if (event.event !== 'command.final' || event['refusal'] !== null) continue;
    if (event['action'] === 'useOn' || event['action'] === 'finishDig')
      done.set(String(event['block']), (done.get(String(event['block'])) ?? 0) + 1);
  }
  for (const [pos, tried] of site.tried) {
    if (done.get(pos) !== tried.length || seen.beingDug.has(pos)) continue;
    const [x, y, z] = pos.slice(1, -1).split(', ').map(Number) as [number, number, number];
    assert.equal(
      seen.blockAt(new Vec3(x, y, z)),
      tried.at(-1) === 'place' ? 'minecraft:cobblestone' : 'minecraft:air',
      `${round}: ${pos} after ${tried.join(', ')}`,
    );
  }
}
