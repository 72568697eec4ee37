import { baseOf, type ReplicaStatus } from '../../src-main/core/consensus/index.ts';
import type { GroupConfig, LogEntry, ReplicaCrypto, ReplicaInput, ReplicaOutputs } from '../../src-main/core/consensus/index.ts';
import { initialState, step } from '../../src-main/core/consensus/replica.ts';
import type { State } from '../../src-main/core/consensus/state.ts';
import { statusOf } from '../../src-main/core/consensus/status.ts';
import type { NextEpochBody } from '../../src-shared/wire/index.ts';
import type { Hash } from '../../src-shared/units/index.ts';
import type { Timeline } from './clock.ts';
import type { CrashMoment, Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { Report } from './report.ts';
import { commandsIn, execute, payloadOf, type WorldState } from './world.ts';

/** What a machine tells of itself to whoever watches the run. */
export interface Watcher {
  onDurable(machine: Machine, records: readonly Uint8Array[]): void;
  onSend(machine: Machine, to: string, bytes: Uint8Array): void;
  onFinal(machine: Machine, entry: LogEntry, certificate: Uint8Array, root: Hash): void;
  onStep(machine: Machine, outputs: ReplicaOutputs): void;
}

export interface MachineParts {
  readonly node: number;
  readonly id: string;
  readonly honest: boolean;
  readonly config: GroupConfig;
  readonly crypto: ReplicaCrypto;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly plan: Plan;
  readonly disk: Plan['disk'];
  readonly report: Report;
  readonly watcher: Watcher;
  readonly send: (machine: Machine, to: string, bytes: Uint8Array) => void;
  /** The state at a certified root, from whoever has it; null when nobody does. */
  readonly fetchState: (root: Hash, height: number) => WorldState | null;
  /** What the council wants the epoch after this to be; null = nothing. */
  readonly nextEpoch: (machine: Machine) => NextEpochBody | null;
  /** Whether the council decided this. */
  readonly isDecided: (next: Uint8Array) => boolean;
}

interface Batch {
  readonly records: readonly Uint8Array[];
  readonly mark: number;
  readonly replaces: boolean;
}

/** One machine: the replica's real code, a log on a simulated disk, and a driver with a trivial world. */
export class Machine {
  readonly parts: MachineParts;
  readonly node: number;
  readonly id: string;
  readonly honest: boolean;
  state: State;
  up = false;
  pausedUntil = 0;
  /** Counts starts: what was scheduled for an earlier run does nothing. */
  run = 0;
  lossesPending = false;
  divergeChecks = 0;
  readonly #queued: (() => void)[] = [];

  // The disk.
  log: Uint8Array[] = [];
  snapshots: WorldState[];
  #pending: Batch[] = [];
  #inFlight: Batch[] = [];
  #syncing = false;
  /** Older states of the disk, for rolling back. */
  readonly #backups: { log: Uint8Array[]; snapshots: WorldState[] }[] = [];

  // The driver.
  world: WorldState;
  #overlays: { readonly hash: Hash; readonly state: WorldState; readonly commands: readonly string[] }[] = [];
  readonly #mempool = new Set<string>();
  readonly #done = new Set<string>();
  readonly #inputs: ReplicaInput[] = [];
  #busy = false;
  #doomed: { readonly when: CrashMoment; readonly action: () => void } | null = null;

  constructor(parts: MachineParts, genesis: WorldState) {
    this.parts = parts;
    this.node = parts.node;
    this.id = parts.id;
    this.honest = parts.honest;
    this.snapshots = [genesis];
    this.world = genesis;
    this.state = initialState(parts.config, parts.crypto, {});
  }

  get now(): number {
    const { offset, speed } = this.parts.plan.clocks[this.node]!;
    return offset + this.parts.timeline.now * speed;
  }

  get status(): ReplicaStatus {
    return statusOf(this.state);
  }

  start(continuity: 'proven' | 'unknown' = 'unknown'): void {
    const { parts } = this;
    this.up = true;
    this.run += 1;
    this.#pending = [];
    this.#inFlight = [];
    this.#syncing = false;
    this.#overlays = [];
    this.#inputs.length = 0;
    this.#busy = false;
    const options = { boot: parts.random.bytes(8), continuity };
    this.state = initialState(parts.config, parts.crypto, options);
    const anchor = baseOf(this.log, parts.crypto);
    const height = anchor?.height ?? 0;
    this.world = this.snapshots.find((snapshot) => snapshot.height === height)!;
    this.feed({ type: 'start', now: this.now, records: this.log });
    this.#tickSoon();
  }

  /** What was not synced survives as any prefix: the log cuts at the first record that is not whole. */
  crash(): void {
    if (!this.up) return;
    this.up = false;
    this.run += 1;
    this.#doomed = null;
    const unsynced = [...this.#inFlight, ...this.#pending];
    const records = unsynced.flatMap((batch) => batch.records);
    const survive = this.parts.random.below(records.length + 1);
    if (survive < records.length) this.parts.report.count('crash that lost unsynced records');
    if (unsynced.some((batch) => batch.replaces)) this.parts.report.count('crash between sync and trim');
    this.#append(records.slice(0, survive));
    this.#queued.length = 0;
    this.pausedUntil = 0;
  }

  /** Runs `action` now, or at the named point of the next write. */
  crashWhen(when: CrashMoment, action: () => void): void {
    if (when === 'now') action();
    else this.#doomed = { when, action };
  }

  #meetsDoom(when: CrashMoment): boolean {
    const doomed = this.#doomed;
    if (doomed?.when !== when) return false;
    this.#doomed = null;
    doomed.action();
    return true;
  }

  loseDisk(): void {
    this.log = [];
    this.snapshots = this.snapshots.filter((snapshot) => snapshot.height === 0);
    this.lossesPending = true;
  }

  /** Back to an older state of the whole folder; false when there is none. */
  rollBack(): boolean {
    const backup = this.#backups.length === 0 ? undefined : this.parts.random.pick(this.#backups);
    if (backup === undefined) return false;
    this.log = [...backup.log];
    this.snapshots = [...backup.snapshots];
    this.lossesPending = true;
    return true;
  }

  backUp(): void {
    this.#backups.push({ log: [...this.log], snapshots: [...this.snapshots] });
  }

  handOver(): void {
    this.#whenAwake(() => this.feed({ type: 'leave', now: this.now }));
  }

  thaw(): void {
    this.divergeChecks = 0;
    if (this.up && this.status.frozen) this.feed({ type: 'thaw', now: this.now });
  }

  /** The state that an entry of this machine stands on; null when it is not unfinal here. */
  stateBelow(hash: Hash): WorldState | null {
    const at = this.#overlays.findIndex((overlay) => overlay.hash === hash);
    return at === -1 ? null : (this.#overlays[at - 1]?.state ?? this.world);
  }

  deliver(from: string, bytes: Uint8Array): void {
    this.#whenAwake(() => this.feed({ type: 'message', now: this.now, from, bytes }));
  }

  command(id: string): void {
    this.#whenAwake(() => {
      if (this.#done.has(id)) return;
      this.#mempool.add(id);
      this.feed({ type: 'commandSeen', now: this.now, id });
    });
  }

  /** One input after the other: what acting on outputs brings, waits until all of them were acted on. */
  feed(input: ReplicaInput): void {
    this.#inputs.push(input);
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#inputs.shift(); next !== undefined && this.up; next = this.#inputs.shift()) this.#act(this.#step(next));
    this.#busy = false;
  }

  #step(input: ReplicaInput): ReplicaOutputs {
    const outputs = step(this.state, input);
    this.parts.watcher.onStep(this, outputs);
    return outputs;
  }

  /** The driver's order: persist, send, apply, announce. */
  #act(outputs: ReplicaOutputs): void {
    if (outputs.records.length > 0) {
      this.#pending.push({ records: outputs.records, mark: outputs.mark, replaces: outputs.replacesEarlier });
      if (this.#meetsDoom('written')) return;
      this.#sync();
    }
    for (const { to, bytes } of outputs.messages) {
      this.parts.watcher.onSend(this, to, bytes);
      this.parts.send(this, to, bytes);
    }
    for (const dropped of outputs.dropped) {
      const top = this.#overlays.pop();
      if (top?.hash !== dropped.hash) throw new Error(`${this.id} was told to drop ${dropped.height}, which is not its newest`);
    }
    for (const { entry, certificate } of outputs.finals) this.#final(entry, certificate);
    for (const entry of outputs.checks) this.#check(entry);
    for (const event of outputs.events) if (event.type === 'snapshotOffered') this.#install(event);
  }

  #sync(): void {
    if (this.#syncing || this.#pending.length === 0) return;
    this.#syncing = true;
    this.#inFlight = this.#pending;
    this.#pending = [];
    const { disk, random, timeline, report } = this.parts;
    const slow = disk.slowChance > 0 && random.chance(disk.slowChance);
    if (slow) report.count('slow sync');
    const { run } = this;
    timeline.after(slow ? disk.slowMillis : disk.syncMillis, () => {
      if (this.run !== run) return;
      this.#synced();
    });
  }

  #synced(): void {
    const synced = this.#inFlight;
    this.#inFlight = [];
    this.#syncing = false;
    for (const batch of synced) {
      this.#append(batch.records);
      // Trimming is a step of its own: a crash may come before it.
      if (batch.replaces && this.parts.random.chance(0.8)) this.log = this.log.slice(-batch.records.length);
    }
    const mark = synced.at(-1)!.mark;
    if (this.#meetsDoom('synced')) return;
    this.#whenAwake(() => this.feed({ type: 'persisted', now: this.now, mark }));
    this.#sync();
  }

  #append(records: readonly Uint8Array[]): void {
    this.log.push(...records);
    if (records.length > 0) this.parts.watcher.onDurable(this, records);
  }

  #check(entry: LogEntry): void {
    const below = this.#overlays.at(-1)?.state ?? this.world;
    let state = execute(below, entry);
    this.#overlays.push({ hash: entry.hash, state, commands: commandsOf(entry) });
    if (this.divergeChecks > 0 && entry.kind === 'normal') {
      this.divergeChecks -= 1;
      state = { ...state, root: this.parts.config.world };
    }
    const refused = entry.kind === 'epochEnd' && !this.parts.isDecided(entry.payload);
    const result = refused
      ? ({ ok: false, code: 'sim.not-decided', stateRoot: null } as const)
      : ({ ok: true, stateRoot: state.root } as const);
    const { run } = this;
    this.parts.timeline.after(this.parts.plan.checkMillis, () => {
      if (this.run === run) this.#whenAwake(() => this.feed({ type: 'checked', now: this.now, entry: entry.hash, result }));
    });
  }

  #final(entry: LogEntry, certificate: Uint8Array): void {
    const overlay = this.#overlays[0];
    if (overlay?.hash === entry.hash) this.#overlays.shift();
    else if (overlay !== undefined) throw new Error(`${this.id} was given a final that it had not been told to make room for`);
    if (entry.height !== this.world.height + 1) throw new Error(`${this.id} was given ${entry.height} as final above ${this.world.height}`);
    this.world = execute(this.world, entry);
    this.#markDone(entry);
    this.parts.watcher.onFinal(this, entry, certificate, this.world.root);
    const every = this.parts.plan.snapshotEvery;
    if (every > 0 && entry.height % every === 0) this.takeSnapshot();
  }

  takeSnapshot(): void {
    if (!this.up || this.snapshots.some((snapshot) => snapshot.height === this.world.height)) return;
    this.parts.report.count('snapshot');
    const { world, run } = this;
    this.parts.timeline.after(this.parts.disk.syncMillis * 3, () => {
      if (this.run !== run) return;
      this.snapshots.push(world);
      this.#whenAwake(() => this.feed({ type: 'snapshotDurable', now: this.now, height: world.height }));
    });
  }

  #install(offer: { readonly height: number; readonly hash: Hash; readonly stateRoot: Hash }): void {
    const { run } = this;
    this.parts.timeline.after(50, () => {
      if (this.run !== run) return;
      const state = this.parts.fetchState(offer.stateRoot, offer.height);
      if (state === null || this.world.height >= offer.height) return;
      this.snapshots.push(state);
      this.#whenAwake(() => {
        if (this.state.tip.height >= offer.height) return;
        this.parts.report.count('snapshot installed');
        this.world = state;
        this.feed({ type: 'installed', now: this.now, hash: offer.hash });
      });
    });
  }

  #markDone(entry: LogEntry): void {
    for (const id of commandsOf(entry)) {
      this.#done.add(id);
      if (this.#mempool.delete(id)) this.feed({ type: 'commandDone', now: this.now, id });
    }
  }

  #tickSoon(): void {
    const { run } = this;
    this.parts.timeline.after(this.parts.plan.tickMillis * this.parts.random.between(0.9, 1.1), () => {
      if (this.run !== run) return;
      if (this.parts.timeline.now >= this.pausedUntil) this.#tick();
      this.#tickSoon();
    });
  }

  #tick(): void {
    this.feed({ type: 'tick', now: this.now });
    if (!this.status.mayPropose) return;
    const next = this.parts.nextEpoch(this);
    const below = this.#overlays.at(-1)?.state ?? this.world;
    if (next !== null) {
      this.#propose({ type: 'propose', now: this.now, payload: new Uint8Array(), stateRoot: below.root, next }, below);
      return;
    }
    const underway = new Set(this.#overlays.flatMap((overlay) => overlay.commands));
    const waiting = [...this.#mempool].filter((id) => !this.#done.has(id) && !underway.has(id));
    const commands = this.pickCommands(waiting.slice(0, 50));
    if (commands.length === 0) return;
    const payload = payloadOf(commands);
    const after = execute(below, { kind: 'normal', payload });
    this.#propose({ type: 'propose', now: this.now, payload, stateRoot: this.proposedRoot(after.root) }, after);
  }

  /** A liar may do otherwise. */
  pickCommands(commands: readonly string[]): readonly string[] {
    return commands;
  }

  proposedRoot(root: Hash): Hash {
    return root;
  }

  #propose(input: ReplicaInput, after: WorldState): void {
    const outputs = this.#step(input);
    const { proposed } = outputs;
    if (proposed !== null) {
      const state = proposed.kind === 'normal' ? after : { ...after, height: after.height + 1 };
      this.#overlays.push({ hash: proposed.hash, state, commands: commandsOf(proposed) });
    }
    this.#act(outputs);
  }

  /** Runs now, or when a pause ends; a pause is a sleep: everything waits, then comes at once. */
  #whenAwake(action: () => void): void {
    const { timeline } = this.parts;
    if (!this.up) return;
    if (timeline.now >= this.pausedUntil) {
      action();
      return;
    }
    this.#queued.push(action);
    if (this.#queued.length > 1) return;
    const { run } = this;
    timeline.after(this.pausedUntil - timeline.now, () => {
      if (this.run !== run) return;
      for (const queued of this.#queued.splice(0)) queued();
    });
  }
}

function commandsOf(entry: LogEntry): readonly string[] {
  return entry.kind === 'normal' ? commandsIn(entry.payload) : [];
}
