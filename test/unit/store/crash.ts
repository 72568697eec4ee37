/** One machine's life after life on a disk that fails: used by the tests with few seeds and by the long evidence with many. */
import assert from 'node:assert/strict';
import type { Store } from '../../../src-main/io/store/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import { fakeClock } from '../../fakes/fakeClock.ts';
import { memoryDisk, type MemoryDisk } from '../../fakes/memoryDisk.ts';
import { memoryLog } from '../../fakes/memoryLog.ts';
import { seededRandom, type SeededRandom } from '../../fakes/seededRandom.ts';
import { TINY, openOn, readLogPlainly, record, recovered, segmentsOf, textOf } from './harness.ts';

export interface CrashReport {
  lives: number;
  powerCuts: number;
  kills: number;
  failedSyncs: number;
  refusedForSpace: number;
  acknowledged: number;
  recoveredRecords: number;
  tailsCut: number;
  trims: number;
}

interface Story {
  readonly random: SeededRandom;
  readonly machine: MemoryDisk;
  readonly clock: ReturnType<typeof fakeClock>;
  /** Everything submitted, by text, in the order of submission. */
  submitted: number;
  /** Texts that were acknowledged or recovered: must be there for ever, until trimmed. */
  readonly certain: Set<string>;
  /** Texts that an opening did not find: must never come back. */
  readonly lost: Set<string>;
  readonly open: Set<string>;
  /** Sequence of each text that was acknowledged or recovered. */
  readonly sequences: Map<string, number>;
  /** Highest trim asked for, and highest acknowledged. */
  trimAsked: number;
  trimDone: number;
}

/** Plays `lives` lives from one seed; throws what a checker finds. */
export async function playCrashes(seed: number | string, lives: number, report: CrashReport): Promise<void> {
  const random = seededRandom(`crash ${seed}`);
  const clock = fakeClock();
  const machine = memoryDisk({ seed: `disk ${seed}`, clock, faults: { tearing: random.chance(0.3) ? 0.5 : 0 } });
  const story: Story = {
    random,
    machine,
    clock,
    submitted: 0,
    certain: new Set(),
    lost: new Set(),
    open: new Set(),
    sequences: new Map(),
    trimAsked: 0,
    trimDone: 0,
  };
  for (let life = 0; life < lives; life++) {
    report.lives += 1;
    setFaults(story);
    const opening = story.random.chance(0.15) ? null : await openStory(story, report);
    if (opening === null) await openHalfway(story);
    else await work(story, opening, report);
    end(story, report);
  }
  delete machine.faults.syncFails;
  delete machine.faults.capacityBytes;
  delete machine.faults.syncMillis;
  report.failedSyncs += machine.counts.syncFailures;
  await openStory(story, report);
}

function setFaults({ machine, random }: Story): void {
  machine.faults.syncFails = random.chance(0.2) ? 0.05 : 0;
  machine.faults.writeFails = random.chance(0.1) ? 0.02 : 0;
  machine.faults.capacityBytes = random.chance(0.2) ? random.between(4, 10) * TINY.segmentBytes : 2 ** 40;
  if (random.chance(0.7)) machine.faults.syncMillis = [1, random.pick([1, 5, 200])];
  else delete machine.faults.syncMillis;
}

/** The checks of an opening: S9 of the test document. null when faults kept it from opening. */
async function openStory(story: Story, report: CrashReport): Promise<Store | null> {
  const { machine, clock } = story;
  const before = readLogPlainly(segmentsOf(machine)).filter(({ type }) => type === 1);
  const log = memoryLog();
  const opened = settled(openOn(machine, { clock, log, seed: `${story.submitted}` }));
  await clock.advance(100_000);
  const result = opened.result;
  if (result === null || result.status === 'rejected') {
    const code = result?.reason instanceof AppError ? result.reason.code : String(result?.reason);
    assert.ok(['store.sync-failed', 'node.disk-failed', 'node.no-space'].includes(code), `opening: ${code}`);
    return null;
  }
  const found = await recovered(result.value);
  const floor = found.find(({ sequence }) => sequence >= story.trimAsked)?.sequence ?? Infinity;
  const texts = found.map(textOf);
  // Exactly the longest valid prefix, as far as it is not trimmed.
  const kept = before.filter(({ sequence }) => sequence >= Math.max(story.trimDone, found[0]?.sequence ?? Infinity));
  assert.deepEqual(
    texts,
    kept.map(({ text }) => text),
    'the longest valid prefix',
  );
  for (const text of story.certain) {
    const sequence = story.sequences.get(text)!;
    if (sequence < story.trimAsked) continue;
    assert.ok(texts.includes(text), `${text} (${sequence}) was acknowledged or seen, and is gone; the first kept is ${floor}`);
  }
  for (const { sequence, ...one } of found) {
    const text = textOf(one);
    assert.ok(sequence >= story.trimDone, `${text} was trimmed`);
    assert.ok(!story.lost.has(text), `${text} was gone, and is back`);
    assert.ok(story.certain.has(text) || story.open.has(text), `${text} was never written`);
    story.certain.add(text);
    story.sequences.set(text, sequence);
  }
  assert.equal(new Set(texts).size, texts.length, 'none twice');
  assert.deepEqual(
    texts.map(numberOf),
    texts.map(numberOf).toSorted((a, b) => a - b),
    'in the order of their calls',
  );
  for (const text of story.open) if (!texts.includes(text)) story.lost.add(text);
  story.open.clear();
  report.recoveredRecords += found.length;
  assert.deepEqual(remains(machine), [], 'nothing but zeros follows the records');
  report.tailsCut += log.of('store.log-tail-cut').length;
  return result.value;
}

/** Segments in which something that is no record follows the records. */
function remains(machine: MemoryDisk): readonly string[] {
  const segments = segmentsOf(machine);
  const records = readLogPlainly(segments);
  return segments.flatMap(([name, bytes]) => {
    const end = records.findLast(({ segment }) => segment === name)?.to ?? 8192;
    return bytes.subarray(end).some((byte) => byte !== 0) ? [name] : [];
  });
}

/** The power goes, or the process, while the store is opening. */
async function openHalfway({ machine, clock, random }: Story): Promise<void> {
  const opening = openOn(machine, { clock });
  opening.catch(() => undefined);
  const turns = random.integer(600);
  for (let turn = 0; turn < turns; turn++) {
    await Promise.resolve();
    if (turn % 20 === 19) clock.runNext();
  }
}

async function work(story: Story, store: Store, report: CrashReport): Promise<void> {
  const { random, clock } = story;
  const steps = random.integer(40);
  for (let step = 0; step < steps; step++) {
    for (let i = random.between(1, 4); i > 0; i--) append(story, store, report);
    if (random.chance(0.05)) trim(story, store, report);
    if (random.chance(0.5)) await clock.advance(random.integer(8));
    for (let turn = random.integer(30); turn > 0; turn--) await Promise.resolve();
  }
  if (random.chance(0.1)) {
    const closing = store.close();
    closing.catch(() => undefined);
    await clock.advance(random.pick([1, 100_000]));
  }
}

function append(story: Story, store: Store, report: CrashReport): void {
  const { random } = story;
  const records = Array.from({ length: random.pick([1, 1, 1, 2, 5]) }, () => {
    const text = `t${story.submitted++}`;
    story.open.add(text);
    return record(`g${random.integer(3)}`, text, random.pick([0, 30, 200, 900, 5000]));
  });
  store.append(records).then(
    (sequences) => {
      report.acknowledged += sequences.length;
      for (const [i, sequence] of sequences.entries()) {
        const text = textOf(records[i]!);
        story.open.delete(text);
        story.certain.add(text);
        story.sequences.set(text, sequence);
      }
      return null;
    },
    (error: unknown) => {
      const code = error instanceof AppError ? error.code : String(error);
      if (code === 'store.full') report.refusedForSpace += 1;
      else if (code !== 'node.internal') assert.equal(code, 'store.sync-failed');
    },
  );
}

/** All groups at once, as a snapshot does. */
function trim(story: Story, store: Store, report: CrashReport): void {
  const newest = Math.max(0, ...story.sequences.values());
  const to = story.random.between(story.trimDone, newest);
  story.trimAsked = Math.max(story.trimAsked, to);
  Promise.all(['g0', 'g1', 'g2'].map((group) => store.trim(group, to))).then(
    () => {
      story.trimDone = Math.max(story.trimDone, to);
      report.trims += 1;
      return null;
    },
    () => undefined,
  );
}

function end({ machine, random }: Story, report: CrashReport): void {
  if (random.chance(0.75)) {
    machine.cutPower();
    report.powerCuts += 1;
  } else {
    machine.kill();
    report.kills += 1;
  }
}

function numberOf(text: string): number {
  return Number(text.slice(1));
}

/** A promise whose outcome can be looked at. */
function settled<T>(promise: Promise<T>): { result: PromiseSettledResult<T> | null } {
  const watched: { result: PromiseSettledResult<T> | null } = { result: null };
  promise.then(
    (value) => (watched.result = { status: 'fulfilled', value }),
    (reason: unknown) => (watched.result = { status: 'rejected', reason }),
  );
  return watched;
}

export function emptyReport(): CrashReport {
  return {
    lives: 0,
    powerCuts: 0,
    kills: 0,
    failedSyncs: 0,
    refusedForSpace: 0,
    acknowledged: 0,
    recoveredRecords: 0,
    tailsCut: 0,
    trims: 0,
  };
}
