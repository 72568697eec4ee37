import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { localKey, type Uuid } from '../../../src-shared/units/index.ts';
import { commandTree, completeCommand, type CommandNode, type CouncilRequest } from '../../../src-main/core/world/index.ts';
import { parseSnbt } from '../../../src-main/core/world/rules/slash/snbt.ts';
import { splitWords } from '../../../src-main/core/world/rules/slash/words.ts';
import { ANNA, BEN, COUNCIL, FLOOR, item, kit, pos, rules, Stage } from '../rules-blocks/stage.ts';
import { CHEST, itemsAt, text } from './desk.ts';

const GROUND = FLOOR + 1;
const HERE = { x: 8.5, y: GROUND, z: 8.5, yaw: 0, pitch: 0 };

function stageWith(): Stage {
  const stage = new Stage();
  stage.council = { ...COUNCIL, operators: new Set([ANNA]) };
  stage.join(ANNA, 'survival', HERE);
  stage.join(BEN, 'survival', { ...HERE, x: 12.5 });
  stage.fields(BEN, { name: 'Ben' });
  return stage;
}

interface Answer {
  readonly refusal: string | null;
  /** Vanilla keys of what the player was told, with their arguments. */
  readonly told: readonly (readonly [string | null, ...string[]])[];
  readonly asked: readonly CouncilRequest[];
}

function say(stage: Stage, line: string, uuid: Uuid = ANNA): Answer {
  const { effects } = stage.tick([stage.command(uuid, { type: 'slash', text: line, pose: stage.player(uuid).pose })]);
  const executed = effects.find((effect) => effect.type === 'executed');
  return {
    refusal: executed?.type === 'executed' ? (executed.refusal?.code ?? null) : 'not executed',
    told: effects.flatMap((effect) => (effect.type === 'notice' ? [[effect.text.key, ...effect.text.args] as const] : [])),
    asked: effects.flatMap((effect) => (effect.type === 'council' ? [effect.request] : [])),
  };
}

const none = { refusal: null, told: [], asked: [] };

describe('S1 who may do what', () => {
  test('play.no-permission for who is no operator, play.unknown-command for what is none', () => {
    const stage = stageWith();
    assert.equal(say(stage, 'gamemode creative', BEN).refusal, 'play.no-permission');
    assert.equal(say(stage, 'frobnicate').refusal, 'play.unknown-command');
    assert.equal(say(stage, '').refusal, 'play.unknown-command');
    assert.equal(stage.player(BEN).gameMode, 'survival');
  });

  test('everybody may list, help, whisper and emote', () => {
    const stage = stageWith();
    for (const line of ['list', 'help', 'tell anna hi', 'msg anna hi', 'w anna hi', 'me waves'])
      assert.equal(say(stage, line, BEN).refusal, null);
    const help = say(stage, 'help', BEN).told.length;
    assert.ok(help < say(stage, 'help').told.length, 'help names only what one may use');
  });
});

describe('S2 /gamemode', () => {
  test('oneself and others', () => {
    const stage = stageWith();
    assert.deepEqual(say(stage, 'gamemode creative').told, [['commands.gamemode.success.self', '%gameMode.creative']]);
    assert.deepEqual(say(stage, 'gamemode spectator Ben').told, [
      ['commands.gamemode.success.other', 'Ben', '%gameMode.spectator'],
      ['gameMode.changed', '%gameMode.spectator'],
    ]);
    assert.deepEqual([stage.player().gameMode, stage.player(BEN).gameMode, stage.player(BEN).flying], ['creative', 'spectator', true]);
    assert.equal(say(stage, 'gamemode 1').refusal, 'play.bad-argument');
    assert.equal(say(stage, 'gamemode creative Nobody').refusal, 'play.target-not-found');
  });

  test('back in survival nobody flies', () => {
    const stage = stageWith();
    stage.fields(ANNA, { gameMode: 'creative', flying: true });
    say(stage, 'gamemode survival');
    assert.equal(stage.player().flying, false);
  });
});

describe('S3 /give and /clear', () => {
  test('into the bag, what does not fit falls', () => {
    const stage = stageWith();
    assert.deepEqual(say(stage, 'give @s stone 70').told, [['commands.give.success.single', '70', '%block.minecraft.stone', 'anna']]);
    assert.deepEqual([text(stage.player().inventory[36]), text(stage.player().inventory[37])], ['stone x64', 'stone x6']);
    assert.deepEqual(say(stage, 'give @a minecraft:stick').told, [['commands.give.success.multiple', '1', '%item.minecraft.stick', '2']]);
    say(stage, 'give @s diamond_sword 40');
    assert.equal(stage.items()['diamond_sword'], 40 - 33);
  });

  test('with components', () => {
    const stage = stageWith();
    say(stage, `give @s diamond_sword[damage=5,enchantments={sharpness:3},custom_name='"a, b=c"'] 1`);
    const held = stage.held()!;
    const value = held.components!.value;
    assert.deepEqual(value.get('minecraft:damage'), nbt.int(5));
    assert.deepEqual(value.get('minecraft:enchantments'), nbt.compound({ levels: nbt.compound({ 'minecraft:sharpness': nbt.int(3) }) }));
    assert.deepEqual(value.get('minecraft:custom_name'), nbt.text('"a, b=c"'));
  });

  test('play.bad-argument for what is no item, too many, or what only we may write', () => {
    const stage = stageWith();
    for (const line of [
      'give @s nothing',
      'give @s air',
      'give @s stone 0',
      'give @s stone 6401',
      'give @s stone[peerhold:tag={}]',
      'give @s stone[a',
      'give',
    ])
      assert.equal(say(stage, line).refusal, 'play.bad-argument', line);
    assert.equal(say(stage, 'give @s stone 6400').refusal, null);
  });

  test('/clear takes all, one kind, or some of it; 0 only counts', () => {
    const stage = stageWith();
    stage.shard.apply([
      { type: 'slot', uuid: ANNA, slot: 36, item: item('stone', 10) },
      { type: 'slot', uuid: ANNA, slot: 5, item: item('iron_helmet') },
    ]);
    stage.fields(ANNA, { cursor: item('stone', 5) });
    assert.deepEqual(say(stage, 'clear @s stone 0').told, [['commands.clear.test.single', '15', 'anna']]);
    assert.deepEqual(say(stage, 'clear @s stone 12').told, [['commands.clear.success.single', '12', 'anna']]);
    assert.equal(text(stage.player().cursor), 'stone x3');
    assert.deepEqual(say(stage, 'clear').told, [['commands.clear.success.single', '4', 'anna']]);
    assert.equal(say(stage, 'clear').refusal, 'play.item-missing');
  });
});

describe('S4 /tp', () => {
  test('to a place, a player, with a turn, relative and along the look', () => {
    const stage = stageWith();
    say(stage, 'tp 100 70 -20');
    assert.deepEqual(stage.player().pose, { ...HERE, x: 100.5, y: 70, z: -19.5 });
    say(stage, 'tp ~ ~5 ~-0.5');
    assert.deepEqual([stage.player().pose.y, stage.player().pose.z], [75, -20]);
    assert.deepEqual(say(stage, 'teleport Ben').told, [['commands.teleport.success.entity.single', 'anna', 'Ben']]);
    assert.equal(stage.player().pose.x, 12.5);
    say(stage, 'tp Ben 1 70 2 90 10');
    assert.deepEqual(stage.player(BEN).pose, { x: 1.5, y: 70, z: 2.5, yaw: 90, pitch: 10 });
    stage.fields(ANNA, { pose: { ...HERE, yaw: 90 } });
    say(stage, 'tp ^ ^ ^5');
    const { x, z } = stage.player().pose;
    assert.ok(Math.abs(x - 3.5) < 1e-9 && Math.abs(z - 8.5) < 1e-9, 'yaw 90 looks west');
    stage.fields(ANNA, { pose: { ...HERE, yaw: 0 } });
    say(stage, 'tp ^2 ^1 ^');
    const left = stage.player().pose;
    assert.ok(Math.abs(left.x - 10.5) < 1e-9 && Math.abs(left.y - GROUND - 1) < 1e-9, 'left of south is east');
  });

  test('play.bad-argument outside the world and for what is no number', () => {
    const stage = stageWith();
    for (const line of ['tp 40000000 70 0', 'tp a b c', 'tp 1 2', 'tp ^ ~ ~', 'tp 1e3 2 3', 'tp NaN 2 3', 'tp'])
      assert.notEqual(say(stage, line).refusal, null, line);
    assert.deepEqual(stage.player().pose, HERE);
  });
});

describe('S5 what the council decides', () => {
  const cases: readonly (readonly [string, CouncilRequest, string])[] = [
    ['time set day', { type: 'time', dayTime: 1000 }, 'commands.time.set'],
    ['time set 2d', { type: 'time', dayTime: 48_000 }, 'commands.time.set'],
    ['time add 10s', { type: 'time', dayTime: 6200 }, 'commands.time.set'],
    ['weather rain 5t', { type: 'weather', weather: 'rain', ticks: 5 }, 'commands.weather.set.rain'],
    ['weather clear', { type: 'weather', weather: 'clear', ticks: 96_000 }, 'commands.weather.set.clear'],
    ['difficulty hard', { type: 'difficulty', difficulty: 'hard' }, 'commands.difficulty.success'],
    ['gamerule keepInventory true', { type: 'gameRule', rule: 'keepInventory', value: 'true' }, 'commands.gamerule.set'],
    ['gamerule randomTickSpeed 30', { type: 'gameRule', rule: 'randomTickSpeed', value: '30' }, 'commands.gamerule.set'],
    ['op Ben', { type: 'operator', player: BEN, name: 'Ben', grant: true }, 'commands.op.success'],
    ['deop anna', { type: 'operator', player: ANNA, name: 'anna', grant: false }, 'commands.deop.success'],
    ['setworldspawn 1 70 2 90', { type: 'worldSpawn', pos: pos(1, 70, 2), angle: 90 }, 'commands.setworldspawn.success'],
  ];
  for (const [line, request, key] of cases) {
    test(`/${line}`, () => {
      const { refusal, told, asked } = say(stageWith(), line);
      assert.equal(refusal, null);
      assert.deepEqual(asked, [request]);
      assert.equal(told[0]?.[0], key);
    });
  }

  test('questions ask for nothing', () => {
    const stage = stageWith();
    assert.deepEqual(say(stage, 'time query daytime'), { ...none, told: [['commands.time.query', '6000']] });
    assert.deepEqual(say(stage, 'difficulty'), { ...none, told: [['commands.difficulty.query', '%options.difficulty.normal']] });
    assert.deepEqual(say(stage, 'gamerule randomTickSpeed'), { ...none, told: [['commands.gamerule.query', 'randomTickSpeed', '0']] });
    assert.deepEqual(say(stage, 'seed').told, [['commands.seed.success', '7']]);
  });

  test('play.bad-argument', () => {
    const stage = stageWith();
    for (const line of [
      'time set noonish',
      'time add day',
      'weather snow',
      'difficulty extreme',
      'gamerule keepInventory 1',
      'gamerule nope true',
      'weather rain 0',
    ])
      assert.equal(say(stage, line).refusal, 'play.bad-argument', line);
  });
});

describe('S6 /setblock and /fill', () => {
  test('a state, and data into a block entity', () => {
    const stage = stageWith();
    assert.equal(say(stage, 'setblock 8 64 10 oak_stairs[facing=east]').refusal, null);
    assert.match(stage.at(8, 64, 10), /^oak_stairs\[facing=east,/);
    say(stage, 'setblock 8 64 10 chest{Items:[{Slot:3b,id:"stone",count:2}]}');
    assert.equal(text(itemsAt(stage, CHEST)[3]), 'stone x2');
    assert.equal(say(stage, 'setblock 8 64 10 stone keep').refusal, 'play.cannot-place-here');
    assert.equal(say(stage, 'setblock 8 64 10 oak_stairs[facing=up]').refusal, 'play.bad-argument');
    assert.equal(say(stage, 'setblock 8 400 10 stone').refusal, 'play.chunk-not-loaded');
  });

  test('what was inside goes with it, unless it is destroyed', () => {
    const stage = stageWith();
    say(stage, 'setblock 8 64 10 chest{Items:[{Slot:3b,id:"stone",count:2}]}');
    say(stage, 'setblock 8 64 10 stone');
    assert.deepEqual(stage.items(), {});
    assert.equal(stage.shard.chunk(0, 0)!.blockEntities.has(localKey(CHEST)), false);
    say(stage, 'setblock 8 64 10 chest{Items:[{Slot:3b,id:"stone",count:2}]}');
    say(stage, 'setblock 8 64 10 air destroy');
    assert.deepEqual(stage.items(), { chest: 1, stone: 2 });
  });

  test('far away, where nobody is', () => {
    const stage = stageWith();
    assert.equal(say(stage, 'setblock -60 64 60 stone').refusal, null);
    assert.equal(stage.at(-60, 64, 60), 'stone');
  });

  const counted = (stage: Stage, name: string): number => {
    let count = 0;
    for (let x = 0; x < 5; x++) for (let y = 70; y < 75; y++) for (let z = 0; z < 5; z++) if (stage.at(x, y, z) === name) count += 1;
    return count;
  };

  test('replace, keep, outline, hollow', () => {
    const stage = stageWith();
    assert.deepEqual(say(stage, 'fill 0 70 0 4 74 4 stone').told, [['commands.fill.success', '125']]);
    say(stage, 'fill 4 74 4 0 70 0 glass outline');
    assert.deepEqual([counted(stage, 'glass'), counted(stage, 'stone')], [98, 27]);
    say(stage, 'fill 0 70 0 4 74 4 dirt replace stone');
    assert.deepEqual([counted(stage, 'glass'), counted(stage, 'dirt')], [98, 27]);
    say(stage, 'fill 0 70 0 4 74 4 bricks hollow');
    assert.deepEqual([counted(stage, 'bricks'), counted(stage, 'air')], [98, 27]);
    say(stage, 'fill 0 70 0 4 74 4 gold_block keep');
    assert.deepEqual([counted(stage, 'bricks'), counted(stage, 'gold_block')], [98, 27]);
    say(stage, 'fill 0 70 0 4 74 4 air replace #minecraft:beacon_base_blocks');
    assert.equal(counted(stage, 'gold_block'), 0);
    assert.equal(say(stage, 'fill 0 70 0 4 74 4 bricks outline').refusal, 'play.cannot-place-here', 'nothing to change');
  });

  test('play.area-too-large', () => {
    const stage = stageWith();
    assert.equal(say(stage, 'fill 0 60 0 32 92 32 stone').refusal, 'play.area-too-large');
    assert.equal(say(stage, 'fill 0 70 0 20000 70 0 stone').refusal, 'play.area-too-large');
    assert.equal(say(stage, 'fill 0 60 0 31 91 31 stone').refusal, null);
  });
});

describe('S7 /kill and /summon', () => {
  test('creatures, items and players', () => {
    const stage = stageWith();
    assert.deepEqual(say(stage, 'summon cow 5 64 5').told, [['commands.summon.success', '%entity.minecraft.cow']]);
    say(stage, 'summon minecraft:item 20 64 5 {Item:{id:"minecraft:diamond",count:3}}');
    assert.deepEqual(stage.items(), { diamond: 3 });
    const kinds = () => [...stage.shard.entities()].map(({ kind }) => kind);
    assert.deepEqual(kinds(), ['minecraft:cow', 'minecraft:item']);
    say(stage, 'kill @e[type=cow]');
    assert.deepEqual(kinds(), ['minecraft:item']);
    say(stage, 'kill @e[type=!player]');
    assert.deepEqual(kinds(), []);
    assert.deepEqual(say(stage, 'kill Ben').told, [['commands.kill.success.single', 'Ben']]);
    assert.equal(stage.player(BEN).health, 0);
    say(stage, 'kill');
    assert.equal(stage.player().health, 0);
  });

  test('play.bad-argument', () => {
    const stage = stageWith();
    for (const line of ['summon player', 'summon nothing', 'summon item', 'summon item ~ ~ ~ {Item:{id:"nothing"}}', 'summon cow ~ ~ ~ {a'])
      assert.equal(say(stage, line).refusal, 'play.bad-argument', line);
  });
});

describe('S8 selectors', () => {
  const targets = (stage: Stage, selector: string): readonly string[] => {
    const { told } = say(stage, `tp ${selector} ~ ~ ~`);
    return told.flatMap(([, ...args]) => args.slice(0, 1));
  };

  test('@s, @a, @p, @e with type, name, gamemode, distance, limit, sort', () => {
    const stage = stageWith();
    stage.fields(BEN, { gameMode: 'creative' });
    assert.deepEqual(targets(stage, '@s'), ['anna']);
    assert.deepEqual(targets(stage, '@a[gamemode=creative]'), ['Ben']);
    stage.fields(BEN, { pose: { ...HERE, x: 12.5 } });
    assert.deepEqual(targets(stage, '@a[distance=3..]'), ['Ben']);
    stage.fields(BEN, { pose: { ...HERE, x: 12.5 } });
    assert.deepEqual(targets(stage, '@a[distance=..3]'), ['anna']);
    assert.deepEqual(targets(stage, '@a[name=!anna]'), ['Ben']);
    stage.fields(BEN, { pose: { ...HERE, x: 12.5 } });
    assert.deepEqual(targets(stage, '@a[limit=1,sort=furthest]'), ['Ben']);
    assert.deepEqual(targets(stage, '@p'), ['anna']);
    assert.equal(targets(stage, '@r').length, 1);
    assert.equal(say(stage, 'kill @e[type=cow]').refusal, 'play.target-not-found');
    for (const wrong of ['@x', '@a[', '@a[team=red]', '@a[limit=0]', '@a[distance=a]'])
      assert.notEqual(say(stage, `kill ${wrong}`).refusal, null);
  });
});

describe('S9 talk', () => {
  test('whispers reach their players only, announcements everybody', () => {
    const stage = stageWith();
    assert.deepEqual(say(stage, "tell Ben it's (a) test").told, [
      ['commands.message.display.outgoing', 'Ben', "it's (a) test"],
      ['commands.message.display.incoming', 'anna', "it's (a) test"],
    ]);
    assert.deepEqual(say(stage, 'say %gameMode.creative').told, [['chat.type.announcement', 'anna', '%%gameMode.creative']]);
    assert.deepEqual(say(stage, 'me waves').told, [['chat.type.emote', 'anna', 'waves']]);
  });

  test('/list counts who is here', () => {
    const stage = stageWith();
    assert.deepEqual(say(stage, 'list').told[0]?.slice(0, 2), ['commands.list.players', '2']);
  });

  test('/spawnpoint', () => {
    const stage = stageWith();
    say(stage, 'spawnpoint Ben 1 70 2');
    assert.deepEqual(stage.player(BEN).spawn, { pos: pos(1, 70, 2), angle: 0 });
  });

  test('the game rule sendCommandFeedback silences answers', () => {
    const stage = stageWith();
    stage.council = { ...stage.council, gameRules: new Map([['sendCommandFeedback', 'false']]) };
    assert.deepEqual(say(stage, 'gamemode creative').told, []);
  });
});

describe('S10 completion and the tree', () => {
  const complete = (line: string, uuid: Uuid = ANNA) => {
    const stage = stageWith();
    return completeCommand(rules, { world: stage.shard, tables: kit.tables, council: stage.council }, uuid, line);
  };

  test('names of commands, players, items, blocks, words', () => {
    assert.deepEqual(complete('gamem'), { start: 0, length: 5, matches: ['gamemode'] });
    assert.deepEqual(complete('gamemode cr'), { start: 9, length: 2, matches: ['creative'] });
    assert.deepEqual(complete('gamemode creative B').matches, ['Ben']);
    assert.deepEqual(complete('give Ben diamond_sw').matches, ['minecraft:diamond_sword']);
    assert.deepEqual(complete('give Ben minecraft:diamond_sw').matches, ['minecraft:diamond_sword']);
    assert.deepEqual(complete('setblock 1 2 3 bedr').matches, ['minecraft:bedrock']);
    assert.deepEqual(complete('setblock 1 2 3 stone k').matches, ['keep']);
    assert.deepEqual(complete('fill 1 2 3 4 5 6 stone h').matches, ['hollow']);
    assert.deepEqual(complete('time set n').matches, ['night', 'noon']);
    assert.deepEqual(complete('gamerule keepI').matches, ['keepInventory']);
    assert.deepEqual(complete('gamerule keepInventory t').matches, ['true']);
    assert.deepEqual(complete('tp ').matches.includes('Ben'), true);
    assert.deepEqual(complete('tp ').matches.includes('~'), true);
  });

  test('nothing of what one may not do', () => {
    assert.deepEqual(complete('gamem', BEN).matches, []);
    assert.deepEqual(complete('gamemode cr', BEN).matches, []);
  });

  test('the tree has parsers of the protocol and tells where a command may end', () => {
    const tree = commandTree(rules, true);
    const find = (node: CommandNode, ...path: readonly string[]): CommandNode =>
      path.reduce((at, name) => at.children.find((child) => child.name === name)!, node);
    assert.deepEqual([find(tree, 'give', 'players').parser, find(tree, 'give', 'players').executable], ['minecraft:entity', false]);
    assert.deepEqual([find(tree, 'give', 'players', 'item').executable, find(tree, 'kill').executable], [true, true]);
    assert.equal(find(tree, 'fill', 'from', 'to', 'block', 'replace', 'filter').parser, 'minecraft:block_predicate');
    assert.equal(find(tree, 'time', 'set', 'time').parser, 'minecraft:time');
    const names = commandTree(rules, false).children.map(({ name }) => name);
    assert.deepEqual(names.sort(), ['help', 'list', 'me', 'msg', 'tell', 'w']);
  });

  test('every command has a usage whose arguments are known', () => {
    for (const rule of rules.slash.values())
      assert.doesNotThrow(() => commandTree({ ...rules, slash: new Map([[rule.name, rule]]) }, true));
  });
});

describe('S11 text that anybody may send', () => {
  test('words are split outside brackets and quotes in them', () => {
    assert.deepEqual(splitWords(`give @s stone[custom_name='"a b"',x={y:" ]"}] 3`), [
      'give',
      '@s',
      `stone[custom_name='"a b"',x={y:" ]"}]`,
      '3',
    ]);
    assert.deepEqual(splitWords("say don't do 'that'"), ['say', "don't", 'do', "'that'"]);
    assert.deepEqual(splitWords('give '), ['give', '']);
  });

  test('SNBT of every type', () => {
    assert.deepEqual(
      parseSnbt(`{a:1b,b:2s,c:3,d:4L,e:1.5f,f:2.5,"g h":'x\\'y',i:[1,2],j:[B;1b,2b],k:[I;3,4],l:[L;5l],m:[],n:true,o:word}`),
      nbt.compound({
        a: nbt.byte(1),
        b: nbt.short(2),
        c: nbt.int(3),
        d: nbt.long(4n),
        e: nbt.float(1.5),
        f: nbt.double(2.5),
        'g h': nbt.text("x'y"),
        i: nbt.list('int', [nbt.int(1), nbt.int(2)]),
        j: { type: 'byteArray', value: Int8Array.of(1, 2) },
        k: nbt.intArray(Int32Array.of(3, 4)),
        l: nbt.longArray(BigInt64Array.of(5n)),
        m: nbt.list('end', []),
        n: nbt.byte(1),
        o: nbt.text('word'),
      }),
    );
    for (const wrong of ['{', '{a}', '{a:}', '[1,a]', '[I;1b]', '{a:1,a:2}', '1 2', '', '"a', '['.repeat(600)])
      assert.equal(parseSnbt(wrong), null, wrong);
    assert.deepEqual(parseSnbt('300b'), nbt.text('300b'));
  });

  test('no text makes a command throw', () => {
    const stage = stageWith();
    const word = fc.oneof(
      fc.constantFrom(
        '@s',
        '@a',
        '@e[type=item]',
        '~',
        '^',
        '~1',
        '-1',
        '0',
        '1e9',
        'stone',
        'chest{Items:[]}',
        'stone[a=b]',
        '{',
        'Ben',
        'true',
        '99999999999',
      ),
      fc.string({ maxLength: 12 }),
    );
    const line = fc.tuple(fc.constantFrom(...rules.slash.keys()), fc.array(word, { maxLength: 9 }));
    fc.assert(
      fc.property(line, ([name, words]) => {
        const { refusal } = say(stage, [name, ...words].join(' '));
        assert.notEqual(refusal, 'not executed');
        stage.fields(ANNA, { pose: HERE, health: 20 });
      }),
      { numRuns: 400 },
    );
  });
});
