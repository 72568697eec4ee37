import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { findSaves, isWorldOpen, type Machine } from '../../../src-main/io/places/index.ts';
import { SAVE_FILES_COUNTED_MAX } from '../../../src-shared/config/index.ts';
import { foundSave } from '../../../src-shared/contract/worlds.ts';
import { nbt, writeNbt } from '../../../src-shared/nbt/index.ts';

interface LevelFacts {
  readonly name: string;
  readonly lastPlayed?: bigint;
  readonly version?: string;
  readonly gameType?: number;
}

function level({ name, lastPlayed = 1_700_000_000_000n, version = '1.21.1', gameType = 0 }: LevelFacts): Uint8Array {
  const data = nbt.compound({
    LevelName: nbt.text(name),
    LastPlayed: nbt.long(lastPlayed),
    GameType: nbt.int(gameType),
    DataVersion: nbt.int(3955),
    Version: nbt.compound({ Id: nbt.int(3955), Name: nbt.text(version) }),
  });
  return gzipSync(writeNbt(nbt.compound({ Data: data })));
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** A home folder that is removed afterwards. */
async function inHome(body: (home: string) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'peerhold-home-'));
  try {
    await body(home);
  } finally {
    await rm(home, { recursive: true });
  }
}

const machineOf = (platform: string, home: string): Machine => ({
  home,
  platform,
  env: platform === 'win32' ? { APPDATA: join(home, 'AppData', 'Roaming'), SystemDrive: join(home, 'C') } : {},
});

/** Folder of a save below the home | launcher | instance. */
const TREES: Readonly<Record<string, readonly (readonly [string, string, string | null])[]>> = {
  win32: [
    ['AppData/Roaming/.minecraft/saves/A', 'minecraft', null],
    ['AppData/Roaming/PrismLauncher/instances/Fabulous/minecraft/saves/B', 'prism', 'Fabulous'],
    ['AppData/Roaming/ModrinthApp/profiles/Mod/saves/C', 'modrinth', 'Mod'],
    ['AppData/Roaming/com.modrinth.theseus/profiles/Old/saves/D', 'modrinth', 'Old'],
    ['AppData/Roaming/ATLauncher/instances/Pack/saves/E', 'atlauncher', 'Pack'],
    ['AppData/Roaming/gdlauncher_next/instances/G/saves/F', 'gdlauncher', 'G'],
    ['AppData/Roaming/gdlauncher_carbon/data/instances/H/instance/saves/G', 'gdlauncher', 'H'],
    ['curseforge/minecraft/Instances/RLCraft/saves/H', 'curseforge', 'RLCraft'],
    ['Documents/curseforge/minecraft/Instances/ATM/saves/I', 'curseforge', 'ATM'],
    ['Desktop/MultiMC/instances/One/.minecraft/saves/J', 'multimc', 'One'],
  ],
  darwin: [
    ['Library/Application Support/minecraft/saves/A', 'minecraft', null],
    ['Library/Application Support/PrismLauncher/instances/P/minecraft/saves/B', 'prism', 'P'],
    ['Library/Application Support/ModrinthApp/profiles/M/saves/C', 'modrinth', 'M'],
    ['Library/Application Support/ATLauncher/instances/A/saves/D', 'atlauncher', 'A'],
    ['Documents/curseforge/minecraft/Instances/C/saves/E', 'curseforge', 'C'],
    ['Applications/MultiMC.app/Data/instances/X/.minecraft/saves/F', 'multimc', 'X'],
  ],
  linux: [
    ['.minecraft/saves/A', 'minecraft', null],
    ['.var/app/com.mojang.Minecraft/.minecraft/saves/B', 'minecraft', null],
    ['.local/share/PrismLauncher/instances/P/.minecraft/saves/C', 'prism', 'P'],
    ['.var/app/org.prismlauncher.PrismLauncher/data/PrismLauncher/instances/F/minecraft/saves/D', 'prism', 'F'],
    ['.local/share/multimc/instances/X/.minecraft/saves/E', 'multimc', 'X'],
    ['.local/share/ModrinthApp/profiles/M/saves/F', 'modrinth', 'M'],
    ['.local/share/ATLauncher/instances/A/saves/G', 'atlauncher', 'A'],
    ['curseforge/minecraft/Instances/C/saves/H', 'curseforge', 'C'],
  ],
};

describe('places', () => {
  for (const [platform, tree] of Object.entries(TREES))
    test(`P1 every launcher's saves on ${platform}`, () =>
      inHome(async (home) => {
        for (const [folder] of tree) await write(join(home, folder, 'level.dat'), level({ name: `World ${folder.at(-1)}` }));
        const saves = await findSaves(machineOf(platform, home));
        const seen = new Set(saves.map((save) => [save.path, save.launcher, save.instance, save.name]));
        assert.deepEqual(seen, new Set(tree.map(([folder, ...rest]) => [join(home, folder), ...rest, `World ${folder.at(-1)}`])));
        for (const save of saves) foundSave.parse(save);
      }));

  test('P2 folders that settings move elsewhere', () =>
    inHome(async (home) => {
      const games = join(home, 'Games');
      await write(join(games, 'vanilla/saves/A/level.dat'), level({ name: 'Profile' }));
      await write(
        join(home, '.minecraft/launcher_profiles.json'),
        JSON.stringify({ profiles: { x: { gameDir: join(games, 'vanilla') }, y: { gameDir: 'relative' }, z: {} } }),
      );
      await write(join(games, 'prism/P/minecraft/saves/B/level.dat'), level({ name: 'Moved' }));
      await write(join(games, 'prism/P/instance.cfg'), '[General]\nname=Nice name\n');
      await write(join(home, '.local/share/PrismLauncher/prismlauncher.cfg'), `[General]\nInstanceDir=${join(games, 'prism')}\n`);
      const saves = await findSaves(machineOf('linux', home));
      assert.deepEqual(
        new Set(saves.map((save) => [save.name, save.launcher, save.instance])),
        new Set([
          ['Moved', 'prism', 'Nice name'],
          ['Profile', 'minecraft', 'vanilla'],
        ]),
      );
    }));

  test('P3 minecraft goes before .minecraft in an instance', () =>
    inHome(async (home) => {
      const instance = join(home, '.local/share/PrismLauncher/instances/P');
      await write(join(instance, 'minecraft/saves/New/level.dat'), level({ name: 'New' }));
      await write(join(instance, '.minecraft/saves/Old/level.dat'), level({ name: 'Old' }));
      assert.deepEqual(
        (await findSaves(machineOf('linux', home))).map((save) => save.name),
        ['New'],
      );
    }));

  test('P4 a linked folder is listed once, a circle of links ends', () =>
    inHome(async (home) => {
      const saves = join(home, '.minecraft/saves');
      await write(join(saves, 'Real/level.dat'), level({ name: 'Real' }));
      await symlink(join(saves, 'Real'), join(saves, 'Zlink'));
      await symlink(join(saves, 'loop'), join(saves, 'loop'));
      await symlink(saves, join(saves, 'Real/inside'));
      const elsewhere = join(home, 'Disk/World');
      await write(join(elsewhere, 'level.dat'), level({ name: 'Elsewhere' }));
      await symlink(elsewhere, join(saves, 'Elsewhere'));
      const found = await findSaves(machineOf('linux', home));
      assert.deepEqual(found.map((save) => save.name).sort(), ['Elsewhere', 'Real']);
    }));

  test('P5 damage: no level.dat is no world; a broken, huge or empty one is listed by its folder', () =>
    inHome(async (home) => {
      const saves = join(home, '.minecraft/saves');
      await write(join(saves, 'Nothing/readme.txt'), 'x');
      await write(join(saves, 'Empty/level.dat'), '');
      await write(join(saves, 'Broken/level.dat'), gzipSync(Buffer.from([10, 0, 0, 99, 1, 2, 3])));
      await write(join(saves, 'Bomb/level.dat'), gzipSync(Buffer.alloc(64 * 1024 * 1024)));
      await write(join(saves, 'Huge/level.dat'), '');
      await truncate(join(saves, 'Huge/level.dat'), 40 * 1024 * 1024);
      await write(join(saves, 'file'), 'not a folder');
      const found = await findSaves(machineOf('linux', home));
      const unread = ['Bomb', 'Broken', 'Empty', 'Huge'].map((name) => [name, null, null]);
      assert.deepEqual(new Set(found.map((save) => [save.name, save.version, save.gameMode])), new Set(unread));
      assert.deepEqual(await findSaves(machineOf('linux', join(home, 'nobody'))), []);
    }));

  test('P6 size of every file; a lower bound beyond the limit', () =>
    inHome(async (home) => {
      const save = join(home, '.minecraft/saves/A');
      const bytes = level({ name: 'A' });
      await write(join(save, 'level.dat'), bytes);
      await write(join(save, 'region/r.0.0.mca'), Buffer.alloc(8192));
      await write(join(save, 'DIM-1/region/r.0.0.mca'), Buffer.alloc(4096));
      const [first] = await findSaves(machineOf('linux', home));
      assert.deepEqual([first!.bytes, first!.bytesExact], [bytes.length + 12_288, true]);
      const many = join(save, 'many');
      await mkdir(many);
      for (let at = 0; at < SAVE_FILES_COUNTED_MAX + 1; at += 1000)
        await Promise.all(Array.from({ length: 1000 }, (_, i) => writeFile(join(many, String(at + i)), 'x')));
      const [again] = await findSaves(machineOf('linux', home));
      assert.equal(again!.bytesExact, false);
      assert.ok(again!.bytes >= SAVE_FILES_COUNTED_MAX);
    }));

  test('P7 a world that another process has locked is in use', () =>
    inHome(async (home) => {
      const world = join(home, '.minecraft/saves/A');
      await write(join(world, 'level.dat'), level({ name: 'A' }));
      assert.equal(await isWorldOpen(world), false);
      await write(join(world, 'session.lock'), '');
      const hold = `new (require('node:sqlite').DatabaseSync)(${JSON.stringify(join(world, 'session.lock'))}).exec('BEGIN EXCLUSIVE'); console.log('held'); setInterval(() => {}, 1000);`;
      const holder = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', hold], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        await once(holder.stdout, 'data');
        assert.equal((await findSaves(machineOf('linux', home)))[0]!.inUse, true);
      } finally {
        holder.kill();
        await once(holder, 'exit');
      }
      await write(join(world, 'session.lock'), '☃');
      assert.equal(await isWorldOpen(world), false);
    }));

  test('P8 newest first; names lose their formatting; icons only when they are pictures', () =>
    inHome(async (home) => {
      const saves = join(home, '.minecraft/saves');
      const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
      await write(join(saves, 'old/level.dat'), level({ name: '\u00a7cRed \u00a7lWorld', lastPlayed: 1000n, gameType: 1 }));
      await write(join(saves, 'old/icon.png'), png);
      await write(join(saves, 'new/level.dat'), level({ name: '\u00a7k', lastPlayed: 2000n }));
      await write(join(saves, 'new/icon.png'), 'not a picture');
      await write(join(saves, 'never/level.dat'), level({ name: 'Never', lastPlayed: 0n }));
      await utimes(join(saves, 'never/level.dat'), 1.5, 1.5);
      const found = await findSaves(machineOf('linux', home));
      assert.deepEqual(
        found.map((save) => [save.name, save.lastPlayed, save.gameMode, save.icon]),
        [
          ['new', 2000, 'survival', null],
          ['Never', 1500, 'survival', null],
          ['Red World', 1000, 'creative', png.toString('base64')],
        ],
      );
    }));
});

const worlds = join(import.meta.dirname, '../../../../shared/worlds');
const required = (process.env['PEERHOLD_REQUIRE'] ?? '').includes('worlds');

test(
  'real saves tell their names and versions',
  { skip: !existsSync(worlds) && !required && 'needs the real saves in ../shared/worlds' },
  () =>
    inHome(async (home) => {
      assert.ok(existsSync(worlds), 'PEERHOLD_REQUIRE names worlds, but ../shared/worlds is missing');
      await mkdir(join(home, '.minecraft/saves'), { recursive: true });
      for (const name of ['survival-1.19', 'vanilla-1.21.11-nolight', 'snapshot-18w22a'])
        await symlink(join(worlds, name), join(home, '.minecraft/saves', name));
      const found = await findSaves(machineOf('linux', home));
      assert.deepEqual(
        found.map((save) => [save.name, save.version, save.dataVersion, save.bytes > 10_000]),
        [
          ['Minestom World', '1.21.11', 4671, true],
          ['world', '1.19', 3105, true],
          ['1.13 World', '18w22a', 1497, true],
        ],
      );
    }),
);
