/** Damage injected into a log that was whole, and an oracle that knows what recovery must say: for the tests (few) and the long evidence (many). */
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../src-shared/errors/index.ts';
import { memoryDisk, type MemoryDisk } from '../../fakes/memoryDisk.ts';
import { SECTOR_BYTES } from '../../fakes/sectors.ts';
import { seededRandom, type SeededRandom } from '../../fakes/seededRandom.ts';
import { TINY, openOn, readLogPlainly, record, recovered, segmentsOf, sha256, textOf, type RawRecord } from './harness.ts';

export interface DamageReport {
  injected: number;
  /** Refused with `store.damaged`, naming the right record. */
  refused: number;
  /** Cut as a tail: nothing that survived proves that the damaged records were synced. */
  cut: number;
  /** Nothing that counts was hit. */
  harmless: number;
  byKind: Record<string, number>;
  /** Recoveries that differ from what the oracle demands, each with its seed. Must be empty. */
  wrong: string[];
}

type Kind = 'bit flip' | 'burst' | 'zeroed range' | 'misdirected write' | 'torn write' | 'lost file' | 'damaged header';
const KINDS: readonly Kind[] = ['bit flip', 'burst', 'zeroed range', 'misdirected write', 'torn write', 'lost file', 'damaged header'];

/** Logs are made anew after this many injections. */
const INJECTIONS_PER_LOG = 20;

export async function injectDamages({ count, seed }: { readonly count: number; readonly seed: number }): Promise<DamageReport> {
  const report: DamageReport = { injected: 0, refused: 0, cut: 0, harmless: 0, byKind: {}, wrong: [] };
  while (report.injected < count) {
    const random = seededRandom(`damage ${seed} ${report.injected}`);
    const machine = await makeLog(random);
    const image = machine.image();
    for (let i = 0; i < INJECTIONS_PER_LOG && report.injected < count; i++) {
      machine.restore(image);
      await injectOne(machine, random, report);
    }
  }
  return report;
}

/** Several lives, one of them trimmed, ended in any of the ways in which lives end. */
async function makeLog(random: SeededRandom): Promise<MemoryDisk> {
  const machine = memoryDisk({ seed: random.integer(2 ** 30) });
  for (let life = random.between(1, 3); life > 0; life--) {
    const store = await openOn(machine, { seed: String(random.integer(2 ** 30)) });
    for (let i = random.between(5, 120); i > 0; i--) {
      await store.append(
        Array.from({ length: random.between(1, 3) }, (_, j) => record(`g${j}`, `r${i}.${j}`, random.pick([0, 50, 300, 2000, 6000]))),
      );
    }
    if (random.chance(0.3)) {
      const { sequence } = readLogPlainly(segmentsOf(machine)).at(-1)!;
      await Promise.all(['g0', 'g1', 'g2'].map((group) => store.trim(group, random.integer(sequence))));
    }
    if (random.chance(0.5)) await store.close();
    if (random.chance(0.3)) machine.cutPower();
    else machine.kill();
  }
  return machine;
}

async function injectOne(machine: MemoryDisk, random: SeededRandom, report: DamageReport): Promise<void> {
  const before = segmentsOf(machine);
  const whole = readLogPlainly(before);
  const kinds = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => random.pick(KINDS));
  for (const kind of kinds) {
    await injure(machine, kind, random, whole);
    report.byKind[kind] = (report.byKind[kind] ?? 0) + 1;
  }
  report.injected += 1;
  const expected = judge(before, segmentsOf(machine), whole);
  const actual = await reopen(machine);
  if (!isDeepStrictEqual(actual, expected.outcome)) {
    report.wrong.push(`${report.injected} (${kinds.join(', ')}): ${show(actual)} instead of ${show(expected.outcome)}`);
  }
  report[expected.verdict] += 1;
}

type Outcome = { readonly damagedAfter: number | 'nothing' } | { readonly texts: readonly string[] };

async function reopen(machine: MemoryDisk): Promise<Outcome> {
  try {
    const store = await openOn(machine);
    const found = await recovered(store);
    await store.close();
    return { texts: found.map((one) => `${one.sequence} ${textOf(one)}`) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store.damaged') throw error;
    // Without a beginning no record can be named.
    return { damagedAfter: error.facts['syncedThrough'] === null ? 'nothing' : (error.facts['lastWhole'] as number) };
  }
}

type Segments = readonly (readonly [string, Uint8Array])[];

/** What recovery must find, from the bytes before and after. */
function judge(
  before: Segments,
  after: Segments,
  whole: readonly RawRecord[],
): { outcome: Outcome; verdict: 'refused' | 'cut' | 'harmless' } {
  const newest = new Map(after);
  const headers = after.some(([, bytes]) => [0, 4096].some((at) => headerIsWhole(bytes.subarray(at, at + 4096))));
  const hit = whole.findIndex(({ segment, from, to }) => {
    const now = newest.get(segment);
    const was = before.find(([name]) => name === segment)![1];
    return now === undefined || Buffer.compare(now.subarray(from, to), was.subarray(from, to)) !== 0;
  });
  if (!headers) return { outcome: { damagedAfter: 'nothing' }, verdict: 'refused' };
  if (hit < 0 && !hasGap(after)) return { outcome: { texts: kept(whole) }, verdict: 'harmless' };
  const prefix = hit < 0 ? whole : whole.slice(0, hit);
  const survivors = recordsAnywhere(after);
  // Nobody may say that the segments before the first one are not needed.
  const firstNeeded = Math.max(1, ...survivors.map(({ first }) => first));
  if (numberOf(after[0]![0]) > firstNeeded) return { outcome: { damagedAfter: 'nothing' }, verdict: 'refused' };
  const expected = (prefix.at(-1)?.sequence ?? whole[0]!.sequence - 1) + 1;
  const evidence = hit < 0 ? 0 : Math.max(0, ...survivors.filter((one) => isBehind(one, whole[hit]!)).map(({ synced }) => synced));
  if (hasGap(after) || evidence >= expected) {
    return { outcome: { damagedAfter: prefix.length === 0 && whole[0]!.sequence > 1 ? 0 : expected - 1 }, verdict: 'refused' };
  }
  return { outcome: { texts: kept(prefix) }, verdict: 'cut' };
}

/** As the newest table of the prefix says. */
function kept(records: readonly RawRecord[]): readonly string[] {
  const trims = JSON.parse(records.findLast(({ type }) => type === 2)?.body ?? '{"trims":{}}') as { trims: Record<string, number> };
  return records
    .filter(({ type, group, sequence }) => type === 1 && sequence >= (trims.trims[group] ?? 0))
    .map(({ sequence, text }) => `${sequence} ${text}`);
}

function hasGap(segments: Segments): boolean {
  const numbers = segments.map(([name]) => numberOf(name));
  return numbers.some((number, i) => i > 0 && number !== numbers[i - 1]! + 1);
}

function headerIsWhole(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, 16), sha256(bytes.subarray(16, 48)).subarray(0, 16)) === 0;
}

interface Survivor {
  readonly segment: string;
  readonly at: number;
  readonly synced: number;
  /** Of a table; 0 otherwise. */
  readonly first: number;
}

/** Every whole record, every alignment tried. */
function recordsAnywhere(segments: Segments): readonly Survivor[] {
  const headers = segments.flatMap(([, bytes]) => [0, 4096].map((at) => bytes.subarray(at, at + 4096)));
  const salt = headers.find(headerIsWhole)!.slice(32, 40);
  const found: Survivor[] = [];
  for (const [segment, raw] of segments) {
    const bytes = Buffer.from(raw);
    for (let at = 8192; at + 64 <= bytes.length; at += 16) {
      if (Buffer.compare(bytes.subarray(at + 32, at + 40), salt) !== 0) continue;
      const length = bytes.readUInt32LE(at + 56);
      const end = at + 64 + bytes[at + 61]! + bytes[at + 62]! + length;
      if (end > bytes.length || Buffer.compare(bytes.subarray(at, at + 16), sha256(bytes.subarray(at + 16, end)).subarray(0, 16)) !== 0)
        continue;
      const table = bytes[at + 60] === 2 ? (JSON.parse(bytes.subarray(end - length, end).toString()) as { first: number }) : { first: 0 };
      found.push({ segment, at, synced: Number(bytes.readBigUInt64LE(at + 48)), first: table.first });
    }
  }
  return found;
}

function isBehind({ segment, at }: Survivor, place: RawRecord): boolean {
  return segment === place.segment ? at >= place.from : segment > place.segment;
}

function numberOf(segment: string): number {
  return Number(/(\d+)\.seg/.exec(segment)![1]);
}

async function injure(machine: MemoryDisk, kind: Kind, random: SeededRandom, whole: readonly RawRecord[]): Promise<void> {
  const segments = segmentsOf(machine);
  if (segments.length === 0) return;
  const [anywhere, bytes] = random.pick(segments);
  // Mostly where records are, often the last ones, sometimes where nothing is.
  const target = random.chance(0.8) ? random.pick(random.chance(0.3) ? whole.slice(-6) : whole) : null;
  const path = target === null || machine.content(target.segment) === null ? anywhere : target.segment;
  const at = target === null || path !== target.segment ? random.integer(bytes.length) : random.between(target.from, target.to - 1);
  const size = machine.content(path)!.length;
  const sectors = Math.floor(size / SECTOR_BYTES);
  switch (kind) {
    case 'bit flip':
      machine.flipBit(path, at * 8 + random.integer(8));
      return;
    case 'burst':
      for (let i = 0; i < 40; i++) machine.flipBit(path, Math.min(size - 1, at + random.integer(64)) * 8 + random.integer(8));
      return;
    case 'zeroed range':
      machine.zeroRange(path, at, Math.min(size - at, random.pick([1, 16, 512, 4096, TINY.segmentBytes])));
      return;
    case 'misdirected write':
      machine.misdirect(path, { from: random.integer(sectors), to: Math.floor(at / SECTOR_BYTES) % sectors });
      return;
    case 'torn write':
      machine.zeroRange(path, at, Math.min(size - at, SECTOR_BYTES - (at % SECTOR_BYTES)));
      return;
    case 'lost file':
      await machine.disk.remove(path);
      await machine.disk.syncFolder('log');
      return;
    case 'damaged header':
      for (const copy of random.pick([[0], [1], [0, 1]])) machine.flipBit(path, (copy * 4096 + random.integer(48)) * 8);
  }
}

function show(outcome: Outcome): string {
  return 'texts' in outcome ? `${outcome.texts.length} records to ${outcome.texts.at(-1)}` : `damaged after ${outcome.damagedAfter}`;
}
