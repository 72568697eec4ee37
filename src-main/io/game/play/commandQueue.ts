import { GAME_COMMANDS_WAITING_MAX } from '../../../../src-shared/config/index.ts';
import type { BlockPos, Uuid } from '../../../../src-shared/units/index.ts';
import type { Action, Command } from '../../../core/world/index.ts';

/** What is owed to the client when a command has been executed or refused. */
export interface Owed {
  /** The client's own counter of block predictions, to be acknowledged. */
  readonly acknowledge: number | null;
  /** Where the client may believe in blocks that are not there. */
  readonly positions: readonly BlockPos[];
  /** Whether the client has drawn what happens to items: not at all, and told us what it drew, or only in its hands and untold. */
  readonly items: 'none' | 'told' | 'guessed';
}

export const NOTHING_OWED: Owed = { acknowledge: null, positions: [], items: 'none' };

/** The node joins the world for the player with sequence 1. */
const FIRST_SEQUENCE = 2;

/** Commands of one session that were sent and are not executed yet, in order. */
export class CommandQueue {
  readonly #session: Uuid;
  readonly #player: Uuid;
  readonly #waiting = new Map<number, Owed>();
  #next = FIRST_SEQUENCE;

  constructor(session: Uuid, player: Uuid) {
    this.#session = session;
    this.#player = player;
  }

  /** Whether clicks or item uses are under way whose outcome the client has already drawn. */
  get hasItemsWaiting(): boolean {
    for (const { items } of this.#waiting.values()) if (items !== 'none') return true;
    return false;
  }

  /** null: too many are waiting. */
  add(action: Action, owed: Owed): Command | null {
    if (this.#waiting.size >= GAME_COMMANDS_WAITING_MAX) return null;
    const sequence = this.#next++;
    this.#waiting.set(sequence, owed);
    return { session: this.#session, sequence, player: this.#player, action };
  }

  /** Everything owed for commands up to `sequence`; they are done with. */
  executed(sequence: number): readonly Owed[] {
    const done: Owed[] = [];
    for (const [waiting, owed] of this.#waiting) {
      if (waiting > sequence) break;
      this.#waiting.delete(waiting);
      done.push(owed);
    }
    return done;
  }

  /** One that was refused before it was ordered. Null when it is unknown. */
  refused(sequence: number): Owed | null {
    const owed = this.#waiting.get(sequence) ?? null;
    this.#waiting.delete(sequence);
    return owed;
  }
}
