import type { LogEntry, Replica, ReplicaEvent, ReplicaInput, ReplicaOutputs } from '../../core/consensus/index.ts';
import type { Store } from '../../io/store/index.ts';
import type { Clock } from '../../ports/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';

export type Checked =
  | { readonly ok: true; readonly stateRoot: Hash }
  | { readonly ok: false; readonly code: string; readonly stateRoot: Hash | null };

/** What a group does with its log's answers. */
export interface GroupHandlers {
  send(to: string, bytes: Uint8Array): void;
  /** Execute on top of everything before, and compare. */
  check(entry: LogEntry): Promise<Checked>;
  final(entry: LogEntry, certificate: Uint8Array): void;
  dropped(entry: LogEntry): void;
  event(event: ReplicaEvent): void;
}

/**
 * One group's replica with the sacred order: persist -> send -> apply -> announce. A promise is sent, and an entry is final, only in the
 * step that hears that its record is durable; so nothing that was promised leaves the machine before it is on disk.
 */
export class GroupLog {
  readonly #replica: Replica;
  readonly #store: Store;
  readonly #group: string;
  readonly #clock: Clock;
  readonly #handlers: GroupHandlers;
  /** Settles when everything so far is durable and announced. */
  #tail: Promise<void> = Promise.resolve();

  constructor(parts: {
    readonly replica: Replica;
    readonly store: Store;
    readonly group: string;
    readonly clock: Clock;
    readonly handlers: GroupHandlers;
  }) {
    this.#replica = parts.replica;
    this.#store = parts.store;
    this.#group = parts.group;
    this.#clock = parts.clock;
    this.#handlers = parts.handlers;
  }

  get status(): Replica['status'] {
    return this.#replica.status;
  }

  start(records: readonly Uint8Array[]): void {
    this.#feed({ type: 'start', now: this.#clock.now(), records });
  }

  tick(): void {
    this.#feed({ type: 'tick', now: this.#clock.now() });
  }

  message(from: string, bytes: Uint8Array): void {
    this.#feed({ type: 'message', now: this.#clock.now(), from, bytes });
  }

  /** Offers the next entry. Null when this replica may not propose now. */
  propose(payload: Uint8Array, stateRoot: Hash): LogEntry | null {
    return this.#feed({ type: 'propose', now: this.#clock.now(), payload, stateRoot }).proposed;
  }

  /** The state at this final height is durable as a snapshot: the log may start there. */
  snapshotDurable(height: number): void {
    this.#feed({ type: 'snapshotDurable', now: this.#clock.now(), height });
  }

  /** Everything that was given to the store so far is durable, and what followed from it has happened. */
  settled(): Promise<void> {
    return this.#tail;
  }

  #feed(input: ReplicaInput): ReplicaOutputs {
    const outputs = this.#replica.step(input);
    this.#act(outputs);
    return outputs;
  }

  /** 1. persist. 2. send. 3. apply. 4. announce. Then, when the records are durable, the replica hears of it and goes on. */
  #act(outputs: ReplicaOutputs): void {
    const durable =
      outputs.records.length > 0
        ? this.#store.append(outputs.records.map((body) => ({ group: this.#group, kind: 'replica', body })))
        : null;
    for (const message of outputs.messages) this.#handlers.send(message.to, message.bytes);
    for (const entry of outputs.dropped) this.#handlers.dropped(entry);
    for (const { entry, certificate } of outputs.finals) this.#handlers.final(entry, certificate);
    for (const entry of outputs.checks) void this.#check(entry);
    for (const event of outputs.events) this.#handlers.event(event);
    if (durable === null) return;
    this.#tail = Promise.all([durable, this.#tail]).then(([sequences]) => this.#persisted(outputs, sequences));
    // A dead store ends the world through its own `failed`; here nothing more happens.
    this.#tail.catch(() => undefined);
  }

  async #check(entry: LogEntry): Promise<void> {
    const result = await this.#handlers.check(entry);
    this.#feed({ type: 'checked', now: this.#clock.now(), entry: entry.hash, result });
  }

  async #persisted(outputs: ReplicaOutputs, sequences: readonly number[]): Promise<void> {
    this.#feed({ type: 'persisted', now: this.#clock.now(), mark: outputs.mark });
    if (outputs.replacesEarlier) await this.#store.trim(this.#group, sequences[0]!);
  }
}
