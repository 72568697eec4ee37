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
import { AppError } from '../../../src-shared/errors/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import type { GroupLog } from './groupLog.ts';

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
    if (entry.stateRoot === councilRoot(this.#proposed, this.#digest)) this.#proposed = council;
    this.#changed(council, entry.height);
  }

  /** What was proposed and not certified is proposed again. */
  dropped(entry: LogEntry): void {
    const payload = decodeCouncilPayload(entry.payload);
    if (payload.ok) this.#queue.unshift(...payload.value.commands);
    this.#proposed = this.#council;
  }
}
