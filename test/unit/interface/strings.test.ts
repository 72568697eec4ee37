import assert from 'node:assert/strict';
import { describe as group, test } from 'node:test';
import { describe, LANGUAGES, pickLanguage, texts } from '../../../src-renderer/strings/index.ts';
import { ERROR_CODES } from '../../../src-shared/errors/index.ts';

const FACTS = { name: 'N', path: 'P', file: 'F', folder: 'D', port: 1, chunks: 2, version: '1.21.11', list: ['a', 'b'], none: null };

group('strings', () => {
  for (const language of LANGUAGES)
    test(`every error code has title, cause and advice in ${language}, with facts and without`, () => {
      for (const code of ERROR_CODES)
        for (const facts of [{}, FACTS]) {
          const { title, why, todo, details } = describe(language, { code, facts });
          for (const sentence of [title, why, todo]) {
            assert.ok(sentence.length >= 5 && sentence.length <= 240, `${code}: ${sentence}`);
            assert.doesNotMatch(sentence, /undefined|null|\[object|NaN|\s{2}|\s$/, code);
          }
          assert.doesNotMatch(title, /\.$/, `${code}: a title is no sentence`);
          for (const sentence of [why, todo]) assert.match(sentence, /[.?|]$/, `${code}: ${sentence}`);
          assert.ok(details.startsWith(code));
        }
    });

  test('details carry code and facts, one a line', () => {
    assert.equal(
      describe('en', { code: 'node.port-taken', facts: { port: 25565, list: ['a', 'b'] } }).details,
      'node.port-taken\nport: 25565\nlist: a,b',
    );
  });

  test('a language is chosen, else preferred by the browser, else English', () => {
    assert.equal(pickLanguage('de', ['en-GB']), 'de');
    assert.equal(pickLanguage(null, ['fr', 'de-AT', 'en']), 'de');
    assert.equal(pickLanguage(null, ['fr']), 'en');
    assert.equal(pickLanguage('xx', []), 'en');
  });

  test('numbers, sizes and times read as people write them', () => {
    const { bytes, duration, ago } = texts.en.format;
    assert.deepEqual([0, 999, 1000, 12_345, 9_960_000, 84_200_000, 2_300_000_000].map(bytes), [
      '0 B',
      '999 B',
      '1 kB',
      '12 kB',
      '10 MB',
      '84 MB',
      '2.3 GB',
    ]);
    assert.deepEqual([1, 5300, 60_000, 125_000, 700_000, 7_500_000].map(duration), [
      '1 s',
      '6 s',
      '1 min',
      '2 min 5 s',
      '11 min',
      '2 h 5 min',
    ]);
    const now = Date.UTC(2026, 0, 20);
    assert.equal(ago(now - 3 * 3_600_000, now), '3 hours ago');
    assert.equal(ago(now - 24 * 3_600_000, now), 'yesterday');
    assert.equal(ago(now + 5000, now), 'this minute');
    assert.equal(texts.de.format.bytes(2_300_000_000), '2,3 GB');
    assert.equal(texts.de.format.ago(now - 2 * 24 * 3_600_000, now), 'vorgestern');
  });
});
