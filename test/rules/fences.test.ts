import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findViolations } from './fences.ts';
import { readSources } from './sources.ts';

const sources = readSources();

test('fences: the tree breaks no import, door, cycle, dead-file or word rule', () => {
  assert.deepEqual(findViolations(sources), []);
});

/** Rule that must catch it | file | line that is planted at its end (or the whole of a new file). */
const PLANTS: readonly (readonly [string, string, string])[] = [
  ['shared-is-a-leaf', 'src-shared/units/bytes.ts', `export * from '../../src-main/core/world/index.ts';`],
  ['shared-is-a-leaf', 'src-shared/units/bytes.ts', `import 'node:fs';`],
  ['shared-is-a-leaf', 'src-shared/units/bytes.ts', `import 'react';`],
  ['core-is-pure', 'src-main/core/consensus/door.ts', `import 'node:fs';`],
  ['core-is-pure', 'src-main/core/consensus/door.ts', `export type * from '../../ports/index.ts';`],
  ['core-is-pure', 'src-main/core/world/door.ts', `import 'zod';`],
  ['core-is-pure', 'src-main/core/world/door.ts', `import 'hash-wasm';`],
  ['core-is-pure', 'src-main/core/world/door.ts', `export * from '../../io/store/index.ts';`],
  ['core-is-pure', 'src-main/core/consensus/door.ts', `export * from '../world/index.ts';`],
  ['ports-are-only-words', 'src-main/ports/clock.ts', `export * from '../core/consensus/index.ts';`],
  ['ports-are-only-words', 'src-main/ports/clock.ts', `import 'node:fs';`],
  ['io-modules-are-strangers', 'src-main/io/game/door.ts', `export * from '../store/index.ts';`],
  ['io-modules-are-strangers', 'src-main/io/game/door.ts', `export * from '../../node/index.ts';`],
  ['io-modules-are-strangers', 'src-main/io/game/door.ts', `export * from '../../shell/index.ts';`],
  ['io-modules-are-strangers', 'src-main/io/store/door.ts', `export * from '../relay/index.ts';`],
  ['relay-builds-on-network-only', 'src-main/io/relay/index.ts', `export * from '../store/index.ts';`],
  ['node-looks-inward', 'src-main/node/index.ts', `export * from '../shell/index.ts';`],
  ['node-looks-inward', 'src-main/node/index.ts', `export * from '../bridge/index.ts';`],
  ['node-runs-without-electron', 'src-main/node/index.ts', `import 'electron';`],
  ['node-runs-without-electron', 'src-main/io/game/door.ts', `import { app } from 'electron';`],
  ['bridge-talks-to-node-only', 'src-main/bridge/index.ts', `export * from '../io/store/index.ts';`],
  ['bridge-talks-to-node-only', 'src-main/bridge/index.ts', `export * from '../core/world/index.ts';`],
  ['shell-is-electron-only', 'src-main/shell/index.ts', `export * from '../node/index.ts';`],
  ['preload-is-a-wire', 'src-main/preload/index.ts', `export * from '../node/index.ts';`],
  ['main-only-joins', 'src-main/main.ts', `export * from './io/store/index.ts';`],
  ['renderer-is-a-web-page', 'src-renderer/main.tsx', `export * from '../src-main/node/index.ts';`],
  ['renderer-is-a-web-page', 'src-renderer/main.tsx', `import 'node:path';`],
  ['state-looks-inward', 'src-renderer/state/index.ts', `export * from '../design/index.ts';`],
  ['design-knows-nothing', 'src-renderer/design/index.ts', `export * from '../state/index.ts';`],
  ['strings-know-nothing', 'src-renderer/strings/index.ts', `import 'react';`],
  ['page-bridge-knows-only-the-contract', 'src-renderer/bridge/index.ts', `export * from '../strings/index.ts';`],
  ['features-are-strangers', 'src-renderer/features/home/index.tsx', `export * from '../create/index.tsx';`],
  ['features-are-strangers', 'src-renderer/features/home/index.tsx', `export * from '../../app/index.tsx';`],
  ['front-door-only', 'src-main/node/index.ts', `export * from '../core/consensus/door.ts';`],
  ['front-door-only', 'src-main/io/store/door.ts', `export type * from '../../core/world/model/chunk.ts';`],
  ['front-door-only', 'src-main/cli.ts', `export * from './node/api.ts';`],
  ['product-never-imports-tests', 'src-main/node/index.ts', `export * from '../../test/rules/fences.ts';`],
  ['imports-exist', 'src-main/node/index.ts', `export * from './nowhere.ts';`],
  ['no-cycles', 'src-main/core/consensus/door.ts', `export * from './index.ts';`],
  ['no-dead-files', 'src-main/core/world/lonely.ts', `export const lonely = 1;`],
  ['every-file-is-in-a-ring', 'src-main/elsewhere/index.ts', `import 'zod';`],
  ['names-say-what-it-is', 'src-main/node/index.ts', `export class WorldManager {}`],
  ['names-say-what-it-is', 'src-main/node/index.ts', `export interface StoreService {}`],
  ['names-say-what-it-is', 'src-main/node/index.ts', `const chunkHelper = 1;`],
  ['names-say-what-it-is', 'src-main/node/utils.ts', `export const one = 1;`],
  ['nothing-is-silenced', 'src-main/node/index.ts', `// oxlint-disable-next-line`],
  ['nothing-is-silenced', 'src-main/node/index.ts', `// @ts-ignore`],
  ['nothing-is-silenced', 'test/unit/shared/units.test.ts', `test.only('x', () => {});`],
  ['nothing-is-left-for-later', 'src-main/node/index.ts', `// TODO later`],
];

test('fences: every planted violation is caught by the rule that is meant for it', (context) => {
  let caught = 0;
  const missed: string[] = [];
  for (const [rule, file, line] of PLANTS) {
    const planted = new Map(sources);
    planted.set(file, `${sources.get(file) ?? ''}\n${line}\n`);
    if (findViolations(planted).some((violation) => violation.rule === rule)) caught += 1;
    else missed.push(`${rule}: ${line} in ${file}`);
  }
  context.diagnostic(`planted ${PLANTS.length}, caught ${caught}, missed ${missed.length}`);
  assert.deepEqual(missed, []);
});
