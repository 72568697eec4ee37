import type { LogEntry } from '../../core/consensus/index.ts';
import {
  advanceCouncil,
  councilRoot,
  decodeCouncilPayload,
  encodeCouncilPayload,
  wasExecuted,
  type Council,
  type CouncilCommand,
} from '../../core/pool/index.ts';
import { COUNCIL_HEIGHTS_KEPT_MAX } from '../../../src-shared/config/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import type { Checked, GroupLog } from './groupLog.ts';

/** The council on this machine: requests in, entries out. Its state moves only when an entry is final. */
export class CouncilGroup {
  readonly group = 'council';
  readonly #digest: (bytes: Uint8Array) => Uint8Array;
  readonly #wall: () => number;
  readonly #changed: (council: Council, height: number) => void;
  #log: GroupLog | null = null;
  #council: Council;
  #height: number;
  /** State after the newest proposal. */
  #proposed: Council;
  #queue: CouncilCommand[] = [];
  /** Final states since the base, by height: entries of shards name the one by which they were judged. */
  readonly #history = new Map<number, Council>();

  constructor(parts: {
    readonly council: Council;
    readonly height: number;
    readonly digest: (bytes: Uint8Array) => Uint8Array;
    readonly wall: () => number;
    readonly changed: (council: Council, height: number) => void;
  }) {
    this.#council = parts.council;
    this.#proposed = parts.council;
    this.#height = parts.height;
    this.#history.set(parts.height, parts.council);
    this.#digest = parts.digest;
    this.#wall = parts.wall;
    this.#changed = parts.changed;
  }

  attach(log: GroupLog): void {
    this.#log = log;
  }

  get log(): GroupLog {
    if (this.#log === null) throw new Error('council without a log');
    return this.#log;
  }

  /** The final state. */
  get council(): Council {
    return this.#council;
  }

  get height(): number {
    return this.#height;
  }

  /** The final state at a height; null when it is not reached, or so old that no entry that is not final can name it. */
  at(height: number): Council | null {
    return this.#history.get(height) ?? null;
  }

  get root(): Hash {
    return councilRoot(this.#council, this.#digest);
  }

  get idle(): boolean {
    return this.#queue.length === 0 && this.#proposed === this.#council;
  }

  /** Harmless to repeat: what has been executed is left out. */
  enqueue(command: CouncilCommand): void {
    if (!wasExecuted(this.#proposed, command)) this.#queue.push(command);
  }

  tick(): void {
    if (this.#queue.length === 0 || !this.log.status.mayPropose) return;
    const commands = this.#queue;
    this.#queue = [];
    this.#proposed = advanceCouncil(this.#proposed, commands);
    const payload = encodeCouncilPayload({ wallMillis: this.#wall(), commands });
    if (this.log.propose(payload, councilRoot(this.#proposed, this.#digest)) === null)
      throw new Error('council: the replica refused a proposal it had allowed');
  }

  final(entry: LogEntry): void {
    if (entry.kind !== 'normal') {
      this.#height = entry.height;
      this.#remember();
      return;
    }
    const payload = decodeCouncilPayload(entry.payload);
    if (!payload.ok) throw new AppError('store.damaged', { group: 'council', height: entry.height });
    const council = advanceCouncil(this.#council, payload.value.commands);
    if (councilRoot(council, this.#digest) !== entry.stateRoot)
      throw new AppError('store.damaged', { group: 'council', height: entry.height });
    if (this.#proposed === this.#council) this.#proposed = council;
    this.#council = council;
    this.#height = entry.height;
    this.#remember();
    if (entry.stateRoot === councilRoot(this.#proposed, this.#digest)) this.#proposed = council;
    this.#changed(council, entry.height);
  }

  #remember(): void {
    this.#history.set(this.#height, this.#council);
    if (this.#history.size > COUNCIL_HEIGHTS_KEPT_MAX) this.#history.delete(this.#history.keys().next().value!);
  }

  /** The voter's side: what the requests make of the state, on top of everything before. */
  async check(entry: LogEntry): Promise<Checked> {
    if (entry.kind !== 'normal') return { ok: true, stateRoot: councilRoot(this.#proposed, this.#digest) };
    const payload = decodeCouncilPayload(entry.payload);
    if (!payload.ok) return { ok: false, code: payload.code, stateRoot: null };
    const next = advanceCouncil(this.#proposed, payload.value.commands);
    const stateRoot = councilRoot(next, this.#digest);
    if (stateRoot !== entry.stateRoot) return { ok: false, code: 'roots-differ', stateRoot };
    this.#proposed = next;
    return { ok: true, stateRoot };
  }

  /** What was proposed and not certified is proposed again. */
  dropped(entry: LogEntry): void {
    if (entry.kind !== 'normal') return;
    const payload = decodeCouncilPayload(entry.payload);
    if (payload.ok) this.#queue.unshift(...payload.value.commands);
    this.#proposed = this.#council;
  }
}
