import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

const WORLDS = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'worlds');

/** Path of a real save, or null after the test was skipped visibly; fails instead when PEERHOLD_REQUIRE names `worlds`. */
export function realSave(name: string, context: TestContext): string | null {
  const path = join(WORLDS, name);
  if (existsSync(path)) return path;
  const sentence = `the real save ${name} is not in ../shared/worlds`;
  if ((process.env['PEERHOLD_REQUIRE'] ?? '').split(',').includes('worlds')) throw new Error(sentence);
  context.skip(sentence);
  return null;
}
