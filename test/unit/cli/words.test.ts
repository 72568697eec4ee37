import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataFolderOf } from '../../../src-main/cli/dataFolder.ts';
import { isSet, readWords, textOf, wordAt } from '../../../src-main/cli/words.ts';
import { gameAddress } from '../../../src-main/node/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';

const badOption = (error: unknown): boolean => error instanceof AppError && error.code === 'node.bad-option';

test('node.bad-option: unknown options, missing words, addresses that are none', () => {
  assert.throws(() => readWords(['node', '--nonsense']), badOption);
  assert.throws(() => wordAt(readWords(['world']), 1, 'NAME'), badOption);
  for (const address of ['', '25565', 'host:', 'host:70000', 'host:port', 'a:b:1'])
    assert.throws(() => gameAddress(address, '--game'), badOption, address);
});

test('words: options and words in any order', () => {
  const typed = readWords(['--json', 'world', 'import', '/saves/x', '--name', 'My World', '--plan']);
  assert.deepEqual(typed.words, ['world', 'import', '/saves/x']);
  assert.equal(textOf(typed, 'name'), 'My World');
  assert.equal(isSet(typed, 'plan') && isSet(typed, 'json') && !isSet(typed, 'observer'), true);
});

test('addresses: names, IPv4 and IPv6', () => {
  assert.deepEqual(gameAddress('127.0.0.1:0', '--game'), { host: '127.0.0.1', port: 0 });
  assert.deepEqual(gameAddress('[::1]:25565', '--game'), { host: '::1', port: 25565 });
  assert.deepEqual(gameAddress('nas.local:1', '--ui'), { host: 'nas.local', port: 1 });
});

test('data folder: the option, the environment, the platform, in this order', () => {
  const none = readWords([]);
  assert.equal(dataFolderOf(readWords(['--data', '/d']), { PEERHOLD_DATA: '/e' }, 'linux', '/h'), '/d');
  assert.equal(dataFolderOf(none, { PEERHOLD_DATA: '/e' }, 'linux', '/h'), '/e');
  assert.equal(dataFolderOf(none, {}, 'linux', '/h'), '/h/.local/share/peerhold');
  assert.equal(dataFolderOf(none, { XDG_DATA_HOME: '/x' }, 'linux', '/h'), '/x/peerhold');
  assert.equal(dataFolderOf(none, {}, 'darwin', '/h'), '/h/Library/Application Support/Peerhold');
});
