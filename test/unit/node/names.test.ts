import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWorldName } from '../../../src-main/node/worldFolder.ts';
import { savedPlayer, savedPlayers } from '../../../src-main/node/world/savedPlayers.ts';
import type { ImportedWorld } from '../../../src-main/io/anvil/index.ts';
import type { Hash, Uuid } from '../../../src-shared/units/index.ts';

test('world.bad-name: path characters, edges of space, control characters, emptiness, length', () => {
  for (const name of ['', ' a', 'a ', '.a', '..', 'a/b', 'a\\b', 'a:b', 'a*', 'a?', 'a"', 'a<', 'a|', 'a\nb', 'a\u0000', 'x'.repeat(65)]) {
    assert.equal(checkWorldName(name)?.code, 'world.bad-name', JSON.stringify(name));
  }
  for (const name of ['World', "Anna's 2nd world", 'Wörld 世界', 'x'.repeat(64)]) assert.equal(checkWorldName(name), null, name);
});

const ANNA = '00000000-0000-0000-0000-00000000000a' as Uuid;
const BEN = '00000000-0000-0000-0000-00000000000b' as Uuid;
const blob = (letter: string): Hash => letter.repeat(64) as Hash;

function save(): ImportedWorld {
  const player = (uuid: Uuid, source: string) => ({ uuid, source, name: null, dimension: 'minecraft:overworld' });
  const file = (path: string, hash: Hash) => ({ path, blob: hash, bytes: 1, modified: 0 });
  return {
    players: [player(BEN, 'level.dat'), player(ANNA, `playerdata/${ANNA}.dat`)],
    files: [file('level.dat', blob('1')), file(`playerdata/${ANNA}.dat`, blob('2'))],
  } as unknown as ImportedWorld;
}

test("players of a save: one's own UUID is taken, the single-player one must be claimed, a claimed one is gone for others", () => {
  assert.deepEqual(
    savedPlayers(save()).map(({ key }) => key),
    [ANNA, 'level.dat'],
  );
  assert.equal(savedPlayer(save(), {}, ANNA)?.blob, blob('2'));
  assert.equal(savedPlayer(save(), {}, BEN), null);
  assert.equal(savedPlayer(save(), { 'level.dat': BEN }, BEN)?.blob, blob('1'));
  assert.equal(savedPlayer(save(), { [ANNA]: BEN }, ANNA), null);
  assert.equal(savedPlayer(save(), { [ANNA]: BEN }, BEN)?.blob, blob('2'));
});
