import type { Clock } from '../../ports/index.ts';
import { KEYFRAME_NEAR_ITEMS_TICKS, KEYFRAME_TICKS, TICK_MILLIS } from '../../../src-shared/config/index.ts';
import type { BlockPos, Pose, Uuid } from '../../../src-shared/units/index.ts';
import { checkMove, reachesItem, startMoving, type MoveState, type Player, type WorldKit } from '../../core/world/index.ts';
import type { Presence } from '../../io/game/index.ts';
import type { ShardGroup } from './shardGroup.ts';

interface Followed {
  presence: Presence;
  moves: MoveState;
  changed: boolean;
  moved: boolean;
  keyframeTick: number;
}

/**
 * Where the players of one shard are between keyframes: checked against bounds, sent on once a tick, never logged. What a client
 * claims and the rules refuse is answered with the last good pose.
 */
export class PresenceBoard {
  readonly #followed = new Map<Uuid, Followed>();
  readonly #group: ShardGroup;
  readonly #kit: WorldKit;
  readonly #clock: Clock;

  constructor(group: ShardGroup, kit: WorldKit, clock: Clock) {
    this.#group = group;
    this.#kit = kit;
    this.#clock = clock;
  }

  /** Starts or restarts at a pose that the world itself decided: join, teleport, respawn. */
  place(player: Player, pose: Pose): void {
    const presence: Presence = {
      player: player.uuid,
      pose,
      headYaw: pose.yaw,
      onGround: true,
      sneaking: false,
      sprinting: false,
      swimming: false,
      flying: player.flying,
      swing: null,
    };
    this.#followed.set(player.uuid, {
      presence,
      moves: startMoving(pose, this.#arrivalTick()),
      changed: true,
      moved: true,
      keyframeTick: this.#group.shard.tick,
    });
  }

  /** Ticks of wall time: a world that runs slowly must not make its players look fast. */
  #arrivalTick(): number {
    return Math.floor(this.#clock.now() / TICK_MILLIS);
  }

  remove(player: Uuid): void {
    this.#followed.delete(player);
  }

  of(player: Uuid): Presence | null {
    return this.#followed.get(player)?.presence ?? null;
  }

  /** Null when it was accepted, else the pose to which the client must go back and why. */
  claim(next: Presence): { readonly pose: Pose; readonly code: string } | null {
    const followed = this.#followed.get(next.player);
    const player = this.#group.shard.player(next.player);
    if (followed === undefined || player === null || player.health <= 0) return null;
    const movement = { pose: next.pose, tick: this.#arrivalTick() };
    const isChanging = (pos: BlockPos): boolean => this.#group.isChanging(next.player, pos);
    const checked = checkMove(followed.moves, movement, {
      world: this.#group.shard,
      states: this.#kit.states,
      player,
      leniency: 1,
      isChanging,
    });
    followed.moves = checked.state;
    if (!checked.ok) return { pose: followed.presence.pose, code: checked.refusal.code };
    followed.moved ||= !samePlace(followed.presence.pose, next.pose);
    followed.presence = next;
    followed.changed = true;
    return null;
  }

  /** What changed since the last call. */
  takeChanged(): readonly Presence[] {
    const changed: Presence[] = [];
    for (const followed of this.#followed.values()) {
      if (!followed.changed) continue;
      changed.push(followed.presence);
      followed.changed = false;
      if (followed.presence.swing !== null) followed.presence = { ...followed.presence, swing: null };
    }
    return changed;
  }

  /** Players whose position in the log is out of date by `KEYFRAME_TICKS` or more, sooner where they walk over an item. */
  takeKeyframes(tick: number): readonly Presence[] {
    const due: Presence[] = [];
    for (const followed of this.#followed.values()) {
      const age = tick - followed.keyframeTick;
      if (!followed.moved || age < KEYFRAME_NEAR_ITEMS_TICKS) continue;
      const { pose, sneaking } = followed.presence;
      if (age < KEYFRAME_TICKS && !reachesItem(this.#group.shard, { sneaking }, pose)) continue;
      followed.moved = false;
      followed.keyframeTick = tick;
      due.push(followed.presence);
    }
    return due;
  }
}

function samePlace(a: Pose, b: Pose): boolean {
  return a.x === b.x && a.y === b.y && a.z === b.z && a.yaw === b.yaw && a.pitch === b.pitch;
}
