import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { RegionReader } from '../../../src-main/io/anvil/region/regionReader.ts';
import { RegionWriter } from '../../../src-main/io/anvil/region/regionWriter.ts';
import { parseRegionHeader, parseRegionName } from '../../../src-main/io/anvil/region/regionHeader.ts';
import { CHUNK_NBT_BYTES_MAX } from '../../../src-shared/config/index.ts';
import { compressed, regionBytes, type PlantedChunk } from './regionBytes.ts';
import { temporaryFolder } from './temporary.ts';

const REGION = { x: 0, z: -1 };
const NBT = new Uint8Array(Buffer.from('0a000003000178000000070000', 'hex'));

function readerOf(context: TestContext, bytes: Uint8Array): RegionReader {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, 'r.0.-1.mca'), bytes);
  const reader = new RegionReader(folder, REGION);
  context.after(() => reader.close());
  return reader;
}

function planted(chunk: Partial<PlantedChunk> = {}): PlantedChunk {
  return { index: 5, content: compressed(NBT, 2), compression: 2, ...chunk };
}

function codeAt(reader: RegionReader, index: number): string | null {
  const found = reader.read(index);
  return found === null ? null : found.ok ? 'ok' : found.code;
}

test('region: zlib, gzip, LZ4 and uncompressed chunks', (context) => {
  const chunks = [1, 2, 3, 4].map((compression) => ({ index: compression, compression, content: compressed(NBT, compression) }));
  const reader = readerOf(context, regionBytes(chunks));
  for (const { index } of chunks) assert.deepEqual(reader.read(index), { ok: true, value: NBT });
  assert.equal(reader.read(0), null);
});

test('region: a last chunk without padding is whole', (context) => {
  assert.equal(codeAt(readerOf(context, regionBytes([planted()], false)), 5), 'ok');
});

test('region: a file that is not there, or empty, has no chunks and no damage', (context) => {
  const folder = temporaryFolder(context);
  const missing = new RegionReader(folder, REGION);
  assert.deepEqual([missing.header.places.length, missing.header.cutShort, missing.read(0)], [0, false, null]);
  const empty = readerOf(context, new Uint8Array(0));
  assert.deepEqual([empty.header.places.length, empty.header.cutShort, empty.read(0)], [0, false, null]);
  missing.close();
});

test('region import.region-damaged: a header cut short', (context) => {
  const header = readerOf(context, regionBytes([planted()]).subarray(0, 5000)).header;
  assert.equal(header.cutShort, true);
});

test('region import.region-damaged: places in the header, without sectors, beyond the end', (context) => {
  const reader = readerOf(
    context,
    regionBytes([planted(), planted({ index: 6, sector: 1 }), planted({ index: 7, sectors: 0 }), planted({ index: 8, sector: 900 })]),
  );
  assert.deepEqual(
    [5, 6, 7, 8].map((index) => codeAt(reader, index)),
    ['ok', 'import.region-damaged', 'import.region-damaged', 'import.region-damaged'],
  );
});

test('region import.chunk-truncated: longer than its sectors, or than the file, or a stream that ends early', (context) => {
  const content = compressed(NBT, 2);
  const reader = readerOf(
    context,
    regionBytes([
      planted({ index: 1, length: 4093 }),
      planted({ index: 2, content: content.subarray(0, content.length - 6) }),
      planted({ index: 3, length: content.length - 8 }),
      planted(),
    ]),
  );
  assert.deepEqual(
    [1, 2, 3, 5].map((index) => codeAt(reader, index)),
    ['import.chunk-truncated', 'import.chunk-truncated', 'import.chunk-truncated', 'ok'],
  );
  const cut = readerOf(context, regionBytes([planted({ content: new Uint8Array(9000) })]).subarray(0, 8192 + 3));
  assert.equal(codeAt(cut, 5), 'import.chunk-truncated');
});

test('region import.chunk-damaged: a length of nothing, bytes that are no stream', (context) => {
  const reader = readerOf(
    context,
    regionBytes([
      planted({ index: 1, length: 0 }),
      planted({ index: 2, length: -7 }),
      planted({ index: 3, content: Uint8Array.of(1, 2, 3, 4, 5, 6, 7) }),
      planted({ index: 4, compression: 4, content: Uint8Array.of(1, 2, 3) }),
    ]),
  );
  assert.deepEqual(
    [1, 2, 3, 4].map((index) => codeAt(reader, index)),
    Array.from({ length: 4 }, () => 'import.chunk-damaged'),
  );
});

test('region import.chunk-compression-unknown: says which', (context) => {
  const reader = readerOf(context, regionBytes([planted({ compression: 127 })]));
  assert.deepEqual(reader.read(5), { ok: false, code: 'import.chunk-compression-unknown', facts: { compression: 127 } });
});

test('region import.chunk-too-large: more than a chunk may hold is never unpacked', (context) => {
  const reader = readerOf(context, regionBytes([planted({ content: deflateSync(new Uint8Array(CHUNK_NBT_BYTES_MAX + 1)) })]));
  assert.equal(codeAt(reader, 5), 'import.chunk-too-large');
});

test('region: chunks that share sectors are each read by their own length', (context) => {
  const reader = readerOf(context, regionBytes([planted({ index: 1 }), planted({ index: 2, sector: 2 })]));
  assert.deepEqual([codeAt(reader, 1), codeAt(reader, 2)], ['ok', 'ok']);
});

test('region: a chunk in a file of its own, and import.chunk-external-missing without it', (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(
    join(folder, 'r.0.-1.mca'),
    regionBytes([
      planted({ content: new Uint8Array(0), compression: 0x82 }),
      planted({ index: 6, content: new Uint8Array(0), compression: 0x82 }),
    ]),
  );
  writeFileSync(join(folder, 'c.5.-32.mcc'), compressed(NBT, 2));
  const reader = new RegionReader(folder, REGION);
  assert.deepEqual(reader.read(5), { ok: true, value: NBT });
  assert.deepEqual(reader.read(6), { ok: false, code: 'import.chunk-external-missing', facts: { file: 'c.6.-32.mcc' } });
  reader.close();
});

test('region: 255 sectors may mean more, as Spigot and Forge write', (context) => {
  const large = new Uint8Array(2_000_000).map((_, i) => (i * 2654435761) >>> 13);
  const reader = readerOf(context, regionBytes([planted({ content: large, compression: 3, sectors: 255 })]));
  assert.deepEqual(reader.read(5), { ok: true, value: large });
});

test('region: a file of 2 GB and more is read at its places only', (context) => {
  const folder = temporaryFolder(context);
  const file = openSync(join(folder, 'r.0.-1.mca'), 'w');
  const sector = 600_000;
  const bytes = regionBytes([planted({ sector })]);
  writeSync(file, bytes.subarray(0, 8192), 0, 8192, 0);
  writeSync(file, bytes.subarray(8192), 0, bytes.length - 8192, sector * 4096);
  ftruncateSync(file, 3 * 1024 ** 3);
  closeSync(file);
  const before = process.memoryUsage().arrayBuffers;
  const reader = new RegionReader(folder, REGION);
  assert.deepEqual(reader.read(5), { ok: true, value: NBT });
  assert.ok(process.memoryUsage().arrayBuffers - before < 8 * 1024 * 1024);
  reader.close();
});

test('region: any damage of a file gives chunks or refusals, nothing else', (context) => {
  const folder = temporaryFolder(context);
  const good = regionBytes(
    [1, 2, 3, 4].map((compression) => planted({ index: compression, compression, content: compressed(NBT, compression) })),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.oneof(fc.nat(40), fc.integer({ min: 8192, max: good.length - 1 })), fc.nat(255)), { maxLength: 6 }),
      fc.nat(good.length),
      (changes, cut) => {
        const bytes = Uint8Array.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        writeFileSync(join(folder, 'r.0.-1.mca'), cut % 3 === 0 ? bytes.subarray(0, cut) : bytes);
        const reader = new RegionReader(folder, REGION);
        for (let index = 0; index < 12; index++) {
          const found = reader.read(index);
          assert.ok(found === null || found.ok || found.code.startsWith('import.'));
        }
        reader.close();
      },
    ),
    { numRuns: 300 },
  );
});

test('region: what is written is read, large chunks from files of their own, and is there whole or not at all', async (context) => {
  const folder = temporaryFolder(context);
  mkdirSync(folder, { recursive: true });
  const noise = new Uint8Array(createHash('shake256', { outputLength: 2_000_000 }).update('noise').digest());
  const writer = await RegionWriter.create(folder, REGION, 1_700_000_000);
  await writer.write(0, deflateSync(NBT));
  await writer.write(1023, deflateSync(noise));
  await writer.write(7, deflateSync(new Uint8Array(9000)));
  assert.deepEqual(readdirSync(folder).sort(), ['c.31.-1.mcc', 'r.0.-1.mca.new']);
  await writer.finish();
  assert.equal(statSync(join(folder, 'r.0.-1.mca')).size % 4096, 0);
  const reader = new RegionReader(folder, REGION);
  assert.deepEqual(reader.read(0), { ok: true, value: NBT });
  assert.deepEqual(reader.read(1023), { ok: true, value: noise });
  assert.deepEqual(reader.read(7), { ok: true, value: new Uint8Array(9000) });
  assert.equal(reader.read(8), null);
  reader.close();
  const discarded = await RegionWriter.create(folder, { x: 4, z: 4 }, 0);
  await discarded.write(0, deflateSync(NBT));
  await discarded.discard();
  assert.equal(
    readdirSync(folder).some((name) => name.startsWith('r.4.4')),
    false,
  );
});

test('region: names', () => {
  assert.deepEqual(parseRegionName('r.-1.22.mca'), { x: -1, z: 22 });
  for (const name of ['r.1.mca', 'r.1.2.mcr', 'r.1.2.mca.new', 'r.99999999.0.mca', 'xr.1.2.mca']) assert.equal(parseRegionName(name), null);
  assert.equal(parseRegionHeader(new Uint8Array(8192), 8192).places.length, 0);
});
