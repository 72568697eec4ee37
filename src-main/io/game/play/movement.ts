import { GAME_PRESENCES_PER_SECOND_MAX } from '../../../../src-shared/config/index.ts';
import { WORLD_EDGE, type Pose, type Uuid } from '../../../../src-shared/units/index.ts';
import type { Hand } from '../../../core/world/index.ts';
import type { Clock } from '../../../ports/index.ts';
import type { Presence } from '../door.ts';
import type { Connection } from '../wire/connection.ts';
import type { Surroundings } from './surroundings.ts';

/** A teleport that the client has not confirmed is sent again after this time (vanilla: 20 ticks). */
const CONFIRM_MILLIS = 1000;
/** Height that vanilla clamps positions to. */
const HEIGHT_BLOCKS_MAX = 20_000_000;
/** Shorter falls hurt nobody and trample nothing; a jump is 1.25 blocks. */
const FALL_BLOCKS_MIN = 1.5;
const MILLIS_BETWEEN_PRESENCES = 1000 / GAME_PRESENCES_PER_SECOND_MAX;

interface Teleport {
  readonly id: number;
  readonly pose: Pose;
  readonly sentAt: number;
}

export interface MovementListener {
  presence(presence: Presence): void;
  landed(distance: number): void;
  /** The client said something that is no place. */
  invalid(what: string): void;
  movedTo(pose: Pose): void;
}

export interface MovementParts {
  readonly player: Uuid;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly listener: MovementListener;
  /** What the player moves through, as far as this gateway has the chunks. */
  readonly surroundings: Surroundings;
}

/**
 * Where a client says that its player is. Every packet is checked for sense here; whether one can move so is the node's business.
 * Between a teleport and its confirmation the client's own movements are void, as they started from another place.
 */
export class Movement {
  readonly #parts: MovementParts;
  #pose: Pose;
  #onGround = false;
  #sneaking = false;
  #sprinting = false;
  #swimming = false;
  #flying: boolean;
  #swing: Hand | null = null;
  #teleport: Teleport | null = null;
  #teleportId = 0;
  #fallen = 0;
  #changed = false;
  #sentAt = -Infinity;

  constructor(parts: MovementParts, start: { readonly pose: Pose; readonly flying: boolean }) {
    this.#parts = parts;
    this.#pose = start.pose;
    this.#flying = start.flying;
  }

  get pose(): Pose {
    return this.#pose;
  }

  get isSneaking(): boolean {
    return this.#sneaking;
  }

  setSneaking(sneaking: boolean): void {
    this.#sneaking = sneaking;
    this.#touch();
  }

  setSprinting(sprinting: boolean): void {
    this.#sprinting = sprinting;
    this.#touch();
  }

  setFlying(flying: boolean): void {
    this.#flying = flying;
    if (flying) this.#fallen = 0;
    this.#touch();
  }

  swing(hand: Hand): void {
    this.#swing = hand;
    this.#touch();
  }

  /** Puts the client somewhere; what it says until it confirms does not count. */
  teleport(pose: Pose): void {
    this.#teleportId = (this.#teleportId + 1) & 0x7fff_ffff;
    this.#teleport = { id: this.#teleportId, pose, sentAt: this.#parts.clock.now() };
    this.#pose = pose;
    this.#fallen = 0;
    this.#sendTeleport(this.#teleport);
    this.#parts.listener.movedTo(pose);
  }

  confirm(id: number): void {
    if (this.#teleport?.id !== id) return;
    this.#pose = this.#teleport.pose;
    this.#teleport = null;
    this.#touch();
  }

  /** `change` holds what the packet told of the pose. */
  moved(change: Partial<Pose>, onGround: boolean): void {
    if (this.#teleport !== null) return;
    const next = { ...this.#pose, ...change };
    const wrong = whatIsWrong(next);
    if (wrong !== null) {
      this.#parts.listener.invalid(wrong);
      this.teleport(this.#pose);
      return;
    }
    const before = this.#pose;
    this.#pose = next;
    this.#onGround = onGround;
    this.#fall(before.y - next.y);
    this.#updateSwimming();
    this.#parts.listener.movedTo(next);
    this.#touch();
  }

  /** What a packet with its own look (using an item) says. */
  lookedAt(yaw: number, pitch: number): Pose {
    if (Number.isFinite(yaw) && Number.isFinite(pitch) && this.#teleport === null) this.#pose = { ...this.#pose, yaw, pitch };
    return this.#pose;
  }

  /** Once a tick: what was held back for the rate, and a teleport that got no answer. */
  tick(): void {
    if (this.#changed) this.#touch();
    const teleport = this.#teleport;
    if (teleport === null || this.#parts.clock.now() - teleport.sentAt < CONFIRM_MILLIS) return;
    this.#teleport = { ...teleport, sentAt: this.#parts.clock.now() };
    this.#sendTeleport(teleport);
  }

  #sendTeleport({ id, pose }: Teleport): void {
    this.#parts.connection.send('position', { ...pose, flags: {}, teleportId: id });
  }

  /** Vanilla adds up every step down, and forgets it in water, on ladders and in flight. */
  #fall(down: number): void {
    const { listener, surroundings } = this.#parts;
    if (this.#flying || surroundings.breaksFall(this.#pose)) {
      this.#fallen = 0;
      return;
    }
    if (down > 0) this.#fallen += down;
    if (!this.#onGround) return;
    if (this.#fallen >= FALL_BLOCKS_MIN) listener.landed(this.#fallen);
    this.#fallen = 0;
  }

  /** Clients do not say that they swim: one starts by sprinting under water, and goes on as long as there is water. */
  #updateSwimming(): void {
    const { surroundings } = this.#parts;
    if (!this.#sprinting || this.#flying) this.#swimming = false;
    else if (this.#swimming) this.#swimming = surroundings.isInWater(this.#pose, 0.3);
    else this.#swimming = surroundings.isInWater(this.#pose, 1.6) && surroundings.isInWater(this.#pose, 0.3);
  }

  #touch(): void {
    const now = this.#parts.clock.now();
    if (now - this.#sentAt < MILLIS_BETWEEN_PRESENCES) {
      this.#changed = true;
      return;
    }
    this.#sentAt = now;
    this.#changed = false;
    const swing = this.#swing;
    this.#swing = null;
    this.#parts.listener.presence({
      player: this.#parts.player,
      pose: this.#pose,
      headYaw: this.#pose.yaw,
      onGround: this.#onGround,
      sneaking: this.#sneaking,
      sprinting: this.#sprinting,
      swimming: this.#swimming,
      flying: this.#flying,
      swing,
    });
  }
}

function whatIsWrong({ x, y, z, yaw, pitch }: Pose): string | null {
  if (![x, y, z, yaw, pitch].every(Number.isFinite)) return 'not a number';
  if (Math.abs(x) > WORLD_EDGE || Math.abs(z) > WORLD_EDGE || Math.abs(y) > HEIGHT_BLOCKS_MAX) return 'out of the world';
  return null;
}
