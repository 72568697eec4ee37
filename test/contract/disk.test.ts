import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { realDisk } from '../../src-main/io/platform/index.ts';
import type { Disk } from '../../src-main/ports/index.ts';
import { AppError } from '../../src-shared/errors/index.ts';
import { memoryDisk } from '../fakes/memoryDisk.ts';

interface Body {
  readonly name: string;
  readonly open: () => Promise<{ readonly disk: Disk; readonly close: () => Promise<void> }>;
}

const BODIES: readonly Body[] = [
  {
    name: 'real',
    open: async () => {
      const root = await mkdtemp(join(tmpdir(), 'peerhold-disk-'));
      return { disk: realDisk(root), close: () => rm(root, { recursive: true }) };
    },
  },
  { name: 'memory', open: () => Promise.resolve({ disk: memoryDisk({ seed: 1 }).disk, close: () => Promise.resolve() }) },
];

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);

function failed(code: string): (error: unknown) => boolean {
  return (error) => error instanceof AppError && error.code === code;
}

for (const body of BODIES) {
  describe(`Disk, ${body.name} body`, () => {
    const on = (title: string, action: (disk: Disk) => Promise<void>): void => {
      test(title, async () => {
        const { disk, close } = await body.open();
        try {
          await action(disk);
        } finally {
          await close();
        }
      });
    };

    on('a file is created empty, written at positions, read back, and keeps its content when reopened', async (disk) => {
      const file = await disk.open('a', 'create');
      assert.equal(file.size, 0);
      await file.write(0, bytes('hello'));
      await file.write(3, bytes('p me'));
      assert.equal(file.size, 7);
      assert.equal(text(await file.read(0, 100)), 'help me');
      assert.equal(text(await file.read(5, 1)), 'm');
      assert.equal((await file.read(7, 5)).length, 0);
      assert.equal((await file.read(70, 5)).length, 0);
      await file.sync();
      await file.close();
      const again = await disk.open('a', 'read');
      assert.equal(again.size, 7);
      assert.equal(text(await again.read(0, 7)), 'help me');
      await again.close();
    });

    on('create empties a file that exists, write keeps it', async (disk) => {
      const first = await disk.open('a', 'create');
      await first.write(0, bytes('one'));
      await first.close();
      const second = await disk.open('a', 'write');
      await second.write(3, bytes('two'));
      assert.equal(text(await second.read(0, 9)), 'onetwo');
      await second.close();
      const third = await disk.open('a', 'create');
      assert.equal(third.size, 0);
      await third.close();
      assert.equal(await disk.size('a'), 0);
    });

    on(
      'node.disk-failed: a file that does not exist opens neither for reading nor for writing, and nothing without its folder',
      async (disk) => {
        await assert.rejects(disk.open('a', 'read'), failed('node.disk-failed'));
        await assert.rejects(disk.open('a', 'write'), failed('node.disk-failed'));
        await assert.rejects(disk.open('none/a', 'create'), failed('node.disk-failed'));
        await assert.rejects(disk.rename('a', 'b'), failed('node.disk-failed'));
        await assert.rejects(disk.syncFolder('none'), failed('node.disk-failed'));
        assert.equal(await disk.size('a'), null);
      },
    );

    on('a write beyond the end leaves zeros between; truncate cuts, and growing again shows zeros', async (disk) => {
      const file = await disk.open('a', 'create');
      await file.write(1000, bytes('x'));
      assert.equal(file.size, 1001);
      assert.deepEqual(await file.read(0, 1000), new Uint8Array(1000));
      await file.write(0, bytes('abcdef'));
      await file.truncate(3);
      assert.equal(file.size, 3);
      await file.truncate(6);
      assert.deepEqual(await file.read(0, 10), Uint8Array.from([97, 98, 99, 0, 0, 0]));
      await file.close();
    });

    on('preallocate grows with zeros, keeps content, never shrinks', async (disk) => {
      const file = await disk.open('a', 'create');
      await file.write(0, bytes('head'));
      await file.preallocate(3_000_000);
      assert.equal(file.size, 3_000_000);
      assert.equal(await disk.size('a'), 3_000_000);
      assert.equal(text(await file.read(0, 4)), 'head');
      assert.ok((await file.read(4, 3_000_000)).every((byte) => byte === 0));
      await file.preallocate(10);
      assert.equal(file.size, 3_000_000);
      await file.close();
    });

    on('folders are made with their parents, listed by name, and a missing one is empty', async (disk) => {
      await disk.makeFolder('x/y');
      await disk.makeFolder('x/y');
      for (const name of ['x/b', 'x/a', 'x/y/deep']) await (await disk.open(name, 'create')).close();
      const file = await disk.open('x/a', 'write');
      await file.write(0, bytes('12345'));
      await file.close();
      assert.deepEqual(await disk.list('x'), [
        { name: 'a', folder: false, bytes: 5 },
        { name: 'b', folder: false, bytes: 0 },
        { name: 'y', folder: true, bytes: 0 },
      ]);
      assert.deepEqual(
        (await disk.list('')).map((entry) => entry.name),
        ['x'],
      );
      assert.deepEqual(await disk.list('nowhere'), []);
      assert.equal(await disk.size('x'), null, 'a folder is no file');
      await disk.syncFolder('x');
      await disk.syncFolder('');
    });

    on('rename replaces; remove forgets, twice is nothing; an open file outlives its name', async (disk) => {
      for (const name of ['a', 'b']) {
        const file = await disk.open(name, 'create');
        await file.write(0, bytes(name));
        await file.close();
      }
      await disk.rename('a', 'b');
      assert.equal(await disk.size('a'), null);
      const file = await disk.open('b', 'read');
      assert.equal(text(await file.read(0, 9)), 'a');
      await disk.remove('b');
      await disk.remove('b');
      assert.equal(await disk.size('b'), null);
      assert.equal(text(await file.read(0, 9)), 'a');
      await file.close();
    });

    on('a read into given memory fills its beginning; memory that is too short is left alone', async (disk) => {
      const file = await disk.open('a', 'create');
      await file.write(0, bytes('hello'));
      const into = new Uint8Array(8).fill(7);
      const got = await file.read(1, 100, into);
      assert.equal(got.buffer, into.buffer);
      assert.equal(text(got), 'ello');
      assert.deepEqual(into, Uint8Array.from([...bytes('ello'), 7, 7, 7, 7]));
      const short = new Uint8Array(3);
      assert.equal(text(await file.read(0, 5, short)), 'hello');
      assert.deepEqual(short, new Uint8Array(3));
      await file.close();
    });

    on('overlapping writes and reads of different places do not disturb each other', async (disk) => {
      const file = await disk.open('a', 'create');
      await Promise.all(Array.from({ length: 50 }, (_, i) => file.write(i * 700, new Uint8Array(700).fill(i + 1))));
      await Promise.all([file.sync(), file.sync()]);
      const parts = await Promise.all(Array.from({ length: 50 }, (_, i) => file.read(i * 700, 700)));
      for (const [i, part] of parts.entries()) assert.deepEqual(part, new Uint8Array(700).fill(i + 1));
      await file.close();
    });

    on('a path that leaves the folder is a bug of the caller', async (disk) => {
      for (const path of ['../a', '/a', 'a/../b', './a', 'a//b', 'c:a', 'a\\b', 'a\0']) {
        await assert.rejects(async () => disk.open(path, 'create'), RangeError, path);
        await assert.rejects(async () => disk.size(path), RangeError, path);
        await assert.rejects(async () => disk.list(path), RangeError, path);
      }
    });

    on('free bytes are a positive number', async (disk) => {
      assert.ok((await disk.freeBytes()) > 0);
    });
  });
}
