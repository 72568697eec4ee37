import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedOf } from '../../../src-main/node/world/founding.ts';

test('seedOf: numbers are taken as they are, text is hashed as Java does', () => {
  assert.equal(seedOf('42'), '42');
  assert.equal(seedOf(' -9223372036854775808 '), '-9223372036854775808');
  assert.equal(seedOf('9223372036854775808'), seedOf('9223372036854775808'));
  assert.equal(seedOf('hello'), '99162322');
  assert.equal(seedOf('Peerhold'), String(Array.from('Peerhold').reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) | 0, 0)));
});
