import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const css = readFileSync(join(import.meta.dirname, '../../../src-renderer/design/tokens.css'), 'utf8');

/** Colour of a token by theme: "light-dark(#a, #b)" or one for both. */
function colour(token: string, theme: 'light' | 'dark'): string {
  const value = new RegExp(`--${token}: ([^;]+);`).exec(css)?.[1] ?? assert.fail(`no token ${token}`);
  const both = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value);
  return both === null ? value : both[theme === 'light' ? 1 : 2]!;
}

/** WCAG 2.2 relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

/** Text needs 4.5, the edge of a control and the focus ring 3. */
const PAIRS: readonly (readonly [front: string, backs: readonly string[], least: number])[] = [
  ['ink', ['ground', 'surface', 'sunken', 'raised', 'accent-wash', 'bad-wash', 'good-wash'], 7],
  ['ink-soft', ['ground', 'surface', 'sunken', 'raised'], 4.5],
  ['accent-text', ['ground', 'surface', 'accent-wash'], 4.5],
  ['accent-ink', ['accent', 'accent-strong'], 7],
  ['good', ['good-wash', 'surface'], 4.5],
  ['bad', ['bad-wash', 'surface', 'raised', 'sunken'], 4.5],
  ['line-strong', ['surface', 'raised', 'ground'], 3],
  ['focus', ['ground', 'surface', 'raised'], 3],
];

describe('contrast of the design tokens', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const [front, backs, least] of PAIRS)
      test(`${front} is read on ${backs.join(', ')} (${theme}, at least ${least})`, () => {
        for (const back of backs) {
          const ratio = contrast(colour(front, theme), colour(back, theme));
          assert.ok(ratio >= least, `${front} on ${back}: ${ratio.toFixed(2)}`);
        }
      });
});
