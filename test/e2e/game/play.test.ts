import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Bot } from 'mineflayer';
import { Vec3 } from 'vec3';
import {
  biomeVolume,
  blockVolume,
  uniformBiomes,
  uniformVolume,
  type Chunk,
  type ItemStack,
  type WorldKit,
} from '../../../src-main/core/world/index.ts';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { waitFor } from '../../fakes/waitFor.ts';
import { joinBot, leave } from './bots.ts';
import { TestHost } from './host.ts';

const FLOOR_Y = -61;
let host: TestHost;
let bots: Bot[] = [];

before(async () => {
  host = await TestHost.start({ chunk: variedChunk, gateway: { viewDistance: 4 } });
});
after(() => host.stop());
afterEach(async () => {
  await leave(...bots.filter((bot) => !bot._client.ended));
  bots = [];
  await waitFor('everybody to have left', () => [...host.shard.players()].every(({ online }) => !online));
});

async function join(name: string): Promise<Bot> {
  const bot = await joinBot(host.gateway.port, name);
  bots.push(bot);
  await waitFor(`the ground under ${name}`, () => bot.blockAt(bot.entity.position.offset(0, -0.5, 0)) !== null);
  return bot;
}

let inert: readonly number[] | null = null;

/** Thousands of states that neither fall, flow, burn nor grow: those of all stairs. */
function inertStates({ tables }: WorldKit): readonly number[] {
  inert ??= tables.blocks
    .filter(({ name }) => name.endsWith('_stairs'))
    .flatMap(({ firstState }) => Array.from({ length: 80 }, (_, offset) => firstState + offset).filter((_, offset) => offset % 2 === 1));
  return inert;
}

/** A floor to stand on, and far above it sections of every palette size. */
function variedChunk(x: number, z: number, kit: WorldKit): Chunk {
  const { states } = kit;
  const stone = states.idOf('minecraft:stone');
  const floor = blockVolume(
    [0, stone],
    Array.from({ length: 4096 }, (_, index) => (index >> 8 <= FLOOR_Y + 64 ? 1 : 0)),
    states,
  );
  const choice = inertStates(kit);
  const salt = Math.abs(x * 31 + z * 17);
  const sections = Array.from({ length: 24 }, (_, index) => {
    if (index === 0) return { blocks: floor, biomes: uniformBiomes('minecraft:plains') };
    if (index < 12 || Math.max(Math.abs(x), Math.abs(z)) > 2)
      return { blocks: uniformVolume(0, states), biomes: uniformBiomes('minecraft:plains') };
    const size = [2, 3, 9, 16, 17, 250, 300, 2000][(salt + index) % 8]!;
    const palette = [...new Set(Array.from({ length: size }, (_, entry) => choice[(entry * 37 + salt * 101 + index) % choice.length]!))];
    const indices = Array.from({ length: 4096 }, (_, at) => (at * 7) % palette.length);
    const biomes = Array.from({ length: 64 }, (_, entry) => entry % 3);
    return {
      blocks: blockVolume(palette, indices, states),
      biomes: biomeVolume(['minecraft:plains', 'minecraft:desert', 'minecraft:swamp'], biomes),
    };
  });
  return {
    x,
    z,
    minSection: -4,
    sections,
    blockEntities: new Map(),
    ticks: { block: [], fluid: [] },
    dataVersion: 3955,
    origin: null,
    entities: null,
    poi: null,
    light: null,
  };
}

function give(name: string, slot: number, item: ItemStack | null): void {
  host.apply([{ type: 'slot', uuid: host.player(name)!.uuid, slot, item }]);
}

function stack(name: string, count = 1): ItemStack {
  return { name: `minecraft:${name}`, count, components: null };
}

test("P1: every block and biome that the client holds is the host's", async () => {
  const bot = await join('Looker');
  await waitFor('all chunks', () => countColumns(bot) >= 60);
  let compared = 0;
  for (const { chunkX, chunkZ, column } of bot.world.getColumns() as any[]) {
    for (let i = 0; i < 250; i++) {
      const at = new Vec3((i * 7) & 15, -64 + (((i * 131 + Number(chunkX) * 13) & 511) % 384), (i * 11) & 15);
      const expected = host.stateAt(Number(chunkX) * 16 + at.x, at.y, Number(chunkZ) * 16 + at.z);
      assert.equal(column.getBlockStateId(at), host.kit.states.shown(expected));
      compared += 1;
    }
  }
  assert.ok(compared >= 10_000, `${compared} blocks compared`);
});

function countColumns(bot: Bot): number {
  return (bot.world.getColumns() as any[]).length;
}

test('P1: light falls from the open sky and stays out of the ground', async () => {
  const bot = await join('Basking');
  const at = new Vec3(8, FLOOR_Y + 1, 8);
  await waitFor('the block', () => bot.blockAt(at) !== null);
  // The varied sections far above are full of opaque blocks: below them it is dark but for the torch.
  host.apply([{ type: 'block', pos: { x: 8, y: FLOOR_Y + 1, z: 8 }, state: host.kit.states.idOf('minecraft:glowstone') }]);
  const second = await join('Basking2');
  await waitFor('the light', () => (second.blockAt(at.offset(1, 0, 0))?.light ?? 0) === 14);
  host.apply([{ type: 'block', pos: { x: 8, y: FLOOR_Y + 1, z: 8 }, state: 0 }]);
});

test('P2: a client walks, and chunks follow it', async () => {
  const bot = await join('Walker');
  const from = bot.entity.position.clone();
  bot.setControlState('forward', true);
  bot.setControlState('sprint', true);
  await waitFor('20 blocks', () => bot.entity.position.distanceTo(from) > 20, 20_000);
  bot.clearControlStates();
  const player = host.player('Walker')!;
  await waitFor(
    'the host to know',
    () => Math.hypot(host.player('Walker')!.pose.x - bot.entity.position.x, host.player('Walker')!.pose.z - bot.entity.position.z) < 1,
  );
  assert.ok(player.online);
  assert.ok(host.count('chunks') > 1);
});

test('P3: what is dug and placed is there for the host, for the digger and for everybody else', async () => {
  const digger = await join('Digger');
  const witness = await join('Witness');
  const below = digger.entity.position.floored().offset(2, -1, 0);
  await waitFor('the block', () => digger.blockAt(below)?.name === 'stone' && witness.blockAt(below)?.name === 'stone');
  await digger.dig(digger.blockAt(below)!, true);
  await waitFor('the hole', () => host.block(below.x, below.y, below.z) === 'minecraft:air');
  await waitFor('the hole for all', () => digger.blockAt(below)?.name === 'air' && witness.blockAt(below)?.name === 'air');
  give('Digger', 36, stack('oak_planks', 3));
  await waitFor('the planks', () => digger.inventory.slots[36]?.name === 'oak_planks');
  digger.setQuickBarSlot(0);
  await digger.placeBlock(digger.blockAt(below.offset(0, -1, 0))!, new Vec3(0, 1, 0));
  await waitFor('the planks in place', () => host.block(below.x, below.y, below.z) === 'minecraft:oak_planks');
  await waitFor('the planks for all', () => witness.blockAt(below)?.name === 'oak_planks');
});

test('P3: many blocks in one entry arrive as one change per section', async () => {
  const bot = await join('Filler');
  const packets: any[] = [];
  bot._client.on('multi_block_change', (packet: any) => void packets.push(packet));
  const planks = host.kit.states.idOf('minecraft:birch_planks');
  const effects = [];
  for (let x = 0; x < 8; x++)
    for (let y = 0; y < 4; y++) effects.push({ type: 'block', pos: { x, y: FLOOR_Y + 1 + y, z: 3 }, state: planks } as const);
  host.apply(effects);
  await waitFor('the wall', () => bot.blockAt(new Vec3(7, FLOOR_Y + 4, 3))?.name === 'birch_planks');
  // y -60 to -57 lie in one section: -64 to -49.
  assert.equal(packets.length, 1);
  assert.equal(packets[0].records.length, 32);
  for (let x = 0; x < 8; x++) assert.equal(bot.blockAt(new Vec3(x, FLOOR_Y + 1, 3))?.name, 'birch_planks');
});

test('P4: a refused command brings the true blocks and items back, and is acknowledged', async () => {
  const bot = await join('Reacher');
  const acknowledged: number[] = [];
  const changes: any[] = [];
  bot._client.on('acknowledge_player_digging', ({ sequenceId }: any) => void acknowledged.push(sequenceId));
  bot._client.on('block_change', (packet: any) => void changes.push(packet));
  const far = { x: 60, y: FLOOR_Y, z: 8 };
  bot._client.write('block_dig', { status: 0, location: far, face: 1, sequence: 77 });
  await waitFor('the acknowledgement', () => acknowledged.includes(77));
  assert.ok(host.refusals.includes('play.out-of-reach'));
  const told = changes.find(({ location }) => location.x === 60 && location.y === FLOOR_Y && location.z === 8);
  assert.equal(told.type, host.stateAt(60, FLOOR_Y, 8));
});

test('P5: two players see each other come, move, turn, sneak, swing, hold things and go', async () => {
  const anna = await join('Anna');
  const joined: string[] = [];
  anna.on('messagestr', (text) => void joined.push(text));
  const ben = await join('Ben');
  await waitFor('the message', () => joined.includes('Ben joined the game'));
  await waitFor('Ben in the list', () => anna.players['Ben']?.gamemode === 1);
  await waitFor('Ben in sight', () => anna.players['Ben']?.entity !== undefined);
  const seen = () => anna.players['Ben']!.entity;
  await ben.look(Math.PI / 2, 0.5, true);
  ben.setControlState('forward', true);
  await waitFor('Ben to have walked', () => ben.entity.position.distanceTo(anna.entity.position) > 3);
  ben.clearControlStates();
  await waitFor('Ben to stand where he is', () => seen().position.distanceTo(ben.entity.position) < 0.2);
  await waitFor(
    'Ben to look where he looks',
    () => Math.abs(seen().yaw - ben.entity.yaw) < 0.05 && Math.abs(seen().pitch - ben.entity.pitch) < 0.05,
  );
  let swings = 0;
  anna.on('entitySwingArm', (entity) => {
    if (entity.id === seen().id) swings += 1;
  });
  ben.swingArm('right');
  await waitFor('the swing', () => swings > 0);
  ben.setControlState('sneak', true);
  await waitFor('Ben to sneak', () => (Number((seen().metadata as any)[0]) & 2) === 2 && (seen().metadata as any)[6] === 5);
  ben.setControlState('sneak', false);
  await waitFor('Ben to stand up', () => (seen().metadata as any)[6] === 0);
  give('Ben', 36, stack('diamond_sword'));
  give('Ben', 5, stack('iron_helmet'));
  ben.setQuickBarSlot(0);
  await waitFor(
    'the sword and the helmet',
    () => seen().equipment[0]?.name === 'diamond_sword' && seen().equipment[5]?.name === 'iron_helmet',
  );
  const left: string[] = [];
  anna.on('messagestr', (text) => void left.push(text));
  await leave(ben);
  await waitFor('Ben to be gone', () => left.includes('Ben left the game') && anna.players['Ben'] === undefined);
});

test('P6: chat reaches everybody with its sender, commands are answered and completed', async () => {
  const anna = await join('Anna');
  const ben = await join('Ben');
  const heard: string[] = [];
  ben.on('chat', (from, text) => void heard.push(`${from}: ${text}`));
  anna.chat('Hello §cBen\u0007!');
  await waitFor('the words', () => heard.includes('Anna: Hello cBen!'));
  host.setCouncil({ operators: new Set([host.player('Anna')!.uuid]) });
  await waitFor('the suggestions', async () =>
    (await anna.tabComplete('/gamem')).some((entry: any) => (entry.match ?? entry) === 'gamemode'),
  );
  anna.chat('/gamemode survival');
  await waitFor('survival', () => anna.game.gameMode === 'survival' && ben.players['Anna']?.gamemode === 0);
  anna.chat('/time set 13000');
  await waitFor('the evening', () => Math.abs(anna.time.timeOfDay - 13_000) < 200);
  anna.chat('/weather rain');
  await waitFor('rain', () => ben.isRaining);
  host.setCouncil({ operators: new Set(), weather: { kind: 'clear', untilTick: Number.MAX_SAFE_INTEGER } });
  await waitFor('the end of the rain', () => !ben.isRaining);
});

test('P7: a chest opens with its contents, clicks move items on both sides', async () => {
  const bot = await join('Keeper');
  await bot.look(0, -Math.PI / 2, true);
  const at = bot.entity.position.floored().offset(0, 0, 2);
  const chest = nbt.compound({
    id: nbt.text('minecraft:chest'),
    x: nbt.int(at.x),
    y: nbt.int(at.y),
    z: nbt.int(at.z),
    Items: nbt.list('compound', [
      nbt.compound({ Slot: nbt.byte(4), id: nbt.text('minecraft:diamond'), count: nbt.int(9) }),
      nbt.compound({
        Slot: nbt.byte(5),
        id: nbt.text('minecraft:diamond_sword'),
        count: nbt.int(1),
        components: nbt.compound({ 'minecraft:damage': nbt.int(5) }),
      }),
    ]),
  });
  const pos = { x: at.x, y: at.y, z: at.z };
  host.apply([
    { type: 'block', pos, state: host.kit.states.idOf('minecraft:chest[facing=north,type=single,waterlogged=false]') },
    { type: 'blockEntity', pos, nbt: chest },
  ]);
  await waitFor('the chest', () => bot.blockAt(at)?.name === 'chest');
  const window = await bot.openContainer(bot.blockAt(at)!);
  assert.equal(window.slots[4]?.name, 'diamond');
  assert.equal(window.slots[4]?.count, 9);
  assert.equal(window.slots[5]?.name, 'diamond_sword');
  // Shift click: to the inventory, and back.
  await bot.clickWindow(4, 0, 1);
  await waitFor('the diamonds with the player', () =>
    host.player('Keeper')!.inventory.some((item) => item?.name === 'minecraft:diamond' && item.count === 9),
  );
  const slot = window.slots.findIndex((item, index) => index >= 27 && item?.name === 'diamond');
  await bot.clickWindow(slot, 0, 0);
  await waitFor('the diamonds on the cursor', () => host.player('Keeper')!.cursor?.count === 9);
  await bot.clickWindow(0, 1, 0);
  await bot.clickWindow(1, 0, 0);
  await waitFor('one and eight', () => {
    const entity = host.shard.chunk(at.x >> 4, at.z >> 4)!.blockEntities.get((at.y << 8) | ((at.z & 15) << 4) | (at.x & 15));
    const items = entity === undefined ? [] : (nbt.getList(entity, 'Items') ?? []);
    return JSON.stringify(
      items.map((item) => (item.type === 'compound' ? [nbt.getNumber(item, 'Slot'), nbt.getNumber(item, 'count')] : [])),
    ).includes('[0,1]');
  });
  assert.equal(window.slots[0]?.count, 1);
  assert.equal(window.slots[1]?.count, 8);
  await bot.closeWindow(window);
  await waitFor('the window to be closed', () => host.player('Keeper')!.window === null);
});

test('P8: a creative client moves an item that the wire can not say, and nothing of it is lost', async () => {
  const bot = await join('Mover');
  const old = {
    name: 'minecraft:stone',
    count: 3,
    components: nbt.compound({
      'minecraft:custom_name': nbt.text('{"text":"Relic"}'),
      'mymod:charge': nbt.float(0.5),
    }),
  };
  give('Mover', 36, old);
  await waitFor('the relic', () => bot.inventory.slots[36]?.name === 'stone');
  const wire = await new Promise<any>((resolve) => {
    bot._client.on('window_items', (packet: any) => resolve(packet.items[36]));
    host.gateway.show({
      type: 'effects',
      dimension: 'minecraft:overworld',
      height: 0,
      tick: host.shard.tick,
      effects: host.resync('Mover'),
    });
  });
  bot._client.write('set_creative_slot', { slot: 36, item: { itemCount: 0 } });
  bot._client.write('set_creative_slot', { slot: 40, item: wire });
  await waitFor(
    'the relic in its new place',
    () => host.player('Mover')!.inventory[40] !== null && host.player('Mover')!.inventory[36] === null,
  );
  assert.deepEqual(host.player('Mover')!.inventory[40], old);
});

test('P9: things that lie about are drawn, fall, and fly to who picks them up', async () => {
  host.setCouncil({ defaultGameMode: 'survival' });
  const anna = await join('Gatherer');
  const ben = await join('Onlooker');
  give('Gatherer', 36, stack('golden_apple', 2));
  await waitFor('the apples', () => anna.inventory.slots[36]?.count === 2);
  let collected = 0;
  ben.on('playerCollect', () => {
    collected += 1;
  });
  await anna.tossStack(anna.inventory.slots[36]!);
  const apple = () =>
    Object.values(ben.entities).find((entity) => entity.name === 'item' && entity.getDroppedItem()?.name === 'golden_apple');
  await waitFor('the apples on the ground', () => apple()?.getDroppedItem()?.name === 'golden_apple');
  // Whoever throws must wait for two seconds: she stays where they lie.
  const walkToApple = (): void => {
    const lies = apple()?.position;
    if (lies !== undefined) void anna.lookAt(lies, true);
    anna.setControlState(
      'forward',
      lies !== undefined && Math.hypot(lies.x - anna.entity.position.x, lies.z - anna.entity.position.z) > 0.4,
    );
  };
  await waitFor(
    'the apples to be picked up',
    () => {
      walkToApple();
      return collected > 0;
    },
    15_000,
  );
  anna.clearControlStates();
  await waitFor('the apples to be gone', () => apple() === undefined);
  await waitFor('the apples in a pocket', () =>
    [...host.shard.players()].some(({ inventory }) => inventory.some((item) => item?.name === 'minecraft:golden_apple')),
  );
});

test('P10: a player who dies sees it, respawns and goes on', async () => {
  const bot = await join('Mortal');
  await waitFor('survival', () => bot.game.gameMode === 'survival');
  let deaths = 0;
  let spawns = 0;
  bot.on('death', () => {
    deaths += 1;
  });
  bot.on('spawn', () => {
    spawns += 1;
  });
  const { uuid } = host.player('Mortal')!;
  host.setCouncil({ operators: new Set([uuid]) });
  bot.chat('/kill');
  await waitFor('death', () => deaths === 1);
  await waitFor('life', () => spawns >= 1 && bot.health === 20, 15_000);
  await waitFor('the host to agree', () => host.player('Mortal')!.health === 20);
  await waitFor('ground under the feet', () => bot.blockAt(bot.entity.position.offset(0, -0.5, 0))?.name === 'stone');
  const at = bot.entity.position.floored().offset(1, -1, 0);
  await waitFor('a block to dig', () => bot.blockAt(at) !== null);
  host.setCouncil({ operators: new Set(), defaultGameMode: 'creative' });
});

test('P11: health, food and experience are those of the host', async () => {
  const bot = await join('Feeling');
  const { uuid } = host.player('Feeling')!;
  host.apply([{ type: 'playerFields', uuid, fields: { health: 11.5, food: 7, experience: { level: 12, progress: 0.25, total: 200 } } }]);
  await waitFor('the bars', () => bot.health === 11.5 && bot.food === 7 && bot.experience.level === 12);
  host.apply([
    {
      type: 'playerFields',
      uuid,
      fields: { statusEffects: [{ name: 'minecraft:speed', amplifier: 1, untilTick: host.shard.tick + 400 }] },
    },
  ]);
  await waitFor('the effect', () =>
    Object.values((bot.entity as any).effects ?? {}).some((effect: any) => effect.id === 0 && effect.amplifier === 1),
  );
});

test('P12: a host that hangs throws nobody out, and the world goes on after it', async () => {
  const bot = await join('Patient');
  let keptAlive = 0;
  bot._client.on('keep_alive', () => {
    keptAlive += 1;
  });
  host.running = false;
  await waitFor('a keep-alive while nothing ticks', () => keptAlive > 0, 20_000);
  assert.equal(bot._client.ended, false);
  host.running = true;
  const at = bot.entity.position.floored().offset(1, -1, 1);
  await waitFor('the block', () => bot.blockAt(at)?.name === 'stone');
  await bot.dig(bot.blockAt(at)!, true);
  await waitFor('the hole', () => host.block(at.x, at.y, at.z) === 'minecraft:air');
});
