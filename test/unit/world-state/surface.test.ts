import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heightmapOf, topBlockY, type HeightmapKind } from '../../../src-main/core/world/index.ts';
import { newKit } from './kit.ts';
import { readRoots, toChunk, unpack, worldsPath } from './savedChunks.ts';

const kit = newKit();
const KINDS: readonly HeightmapKind[] = ['WORLD_SURFACE', 'MOTION_BLOCKING', 'MOTION_BLOCKING_NO_LEAVES', 'OCEAN_FLOOR'];

test('world W15: heightmaps equal what vanilla 1.19 stored', (context) => {
  const path = worldsPath(context, 'survival-1.19/region/r.0.-12.mca');
  if (path === null) return;
  const counts = new Map(KINDS.map((kind) => [kind, { columns: 0, equal: 0 }]));
  for (const root of readRoots(path)) {
    const chunk = toChunk(root, kit);
    if (chunk === null) continue;
    for (const kind of KINDS) {
      const stored = unpack(root.Heightmaps[kind], 256, 9);
      const ours = heightmapOf(chunk, kind, kit);
      const count = counts.get(kind)!;
      count.columns += 256;
      for (let column = 0; column < 256; column++) if (ours[column]! + 64 === stored[column]) count.equal += 1;
      if (kind !== 'WORLD_SURFACE') continue;
      for (let column = 0; column < 256; column += 17) assert.equal(topBlockY(chunk, column & 15, column >> 4, kit), ours[column]! - 1);
    }
  }
  for (const [kind, { columns, equal }] of counts) {
    context.diagnostic(`${kind}: ${equal} of ${columns} columns equal`);
    assert.ok(columns > 10_000);
    assert.equal(equal, columns, kind);
  }
});
