import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildTables } from '../../../src-main/io/game/index.ts';
import { renamesSince } from '../../../src-main/io/anvil/chunk/renames.ts';

const tables = buildTables('1.21.1');

test('renames: every renamed block goes to another name in the versions that have the old one, and back', () => {
  for (const { before, from, to } of tables.renamedBlocks) {
    const renames = renamesSince(tables, before - 1);
    // A later rename may take the name on.
    assert.notEqual(renames.toNewState(from), from, from);
    assert.equal(renames.toOldState(to), from);
    assert.equal(renames.toOldState(renames.toNewState(from)), from);
    assert.equal(renamesSince(tables, tables.dataVersion).toNewState(from), from);
  }
});

test('renames: properties stay with the block', () => {
  const renames = renamesSince(tables, 1519);
  assert.equal(
    renames.toNewState('minecraft:wall_sign[facing=north,waterlogged=false]'),
    'minecraft:oak_wall_sign[facing=north,waterlogged=false]',
  );
  assert.equal(
    renames.toOldState('minecraft:oak_wall_sign[facing=north,waterlogged=false]'),
    'minecraft:wall_sign[facing=north,waterlogged=false]',
  );
  assert.equal(renames.toNewState('minecraft:grass_block[snowy=true]'), 'minecraft:grass_block[snowy=true]');
});
