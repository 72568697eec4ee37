import { refuse, type Refusal } from '../../../src-shared/errors/index.ts';
import type { BlockPos, Pose } from '../../../src-shared/units/index.ts';
import { enchantmentLevel } from './items/index.ts';
import type { Player } from './model/player.ts';
import type { WorldView } from './model/state.ts';
import type { BlockStates } from './model/states.ts';
import { isPose } from './validate.ts';

/** One movement as the client tells it, at the tick in which it arrived. */
export interface Movement {
  readonly pose: Pose;
  readonly tick: number;
}

/** What is remembered between movements; not part of the world. Start with `startMoving`, also after every teleport. */
export interface MoveState {
  readonly pose: Pose;
  readonly tick: number;
  /** Blocks that the player got ahead of the speed limit; ebbs away while slower than it. */
  readonly advantage: number;
  /** Height of the feet when the player last had something to stand on, swim in or hold on to. */
  readonly supportY: number;
  /** Highest point since the player last stood on something that does not throw back (slime, beds). */
  readonly peakY: number;
  /** As high as the last thing stood on may throw the player. */
  readonly bounceY: number;
  /** Ticks in the air without sinking. */
  readonly hoverTicks: number;
  /** Refusals in a row: how far up the ladder this player is. A movement that is fine takes one rung off. */
  readonly rung: number;
}

export interface MoveContext {
  readonly world: Pick<WorldView, 'chunk' | 'block' | 'minY' | 'height'>;
  readonly states: BlockStates;
  readonly player: Player;
  /** More lenient by this factor, e.g. 2 for a second after a change of czar; 1 otherwise. */
  readonly leniency: number;
  /** Blocks that the player's own waiting commands change: the client already walks through them. */
  readonly isChanging?: (pos: BlockPos) => boolean;
}

export type Moved =
  | { readonly ok: true; readonly state: MoveState }
  | { readonly ok: false; readonly refusal: Refusal; readonly state: MoveState };

/** A knock, an explosion or a burst of late packets: blocks ahead that nobody minds (vanilla: 10 a packet). */
const ADVANTAGE_MAX = 10;
/** Vanilla throws out who hovers this long. */
const HOVER_TICKS_MAX = 80;
/** Sinking slower than this is hovering (vanilla). */
const HOVER_SINK = 0.03125;
/** Height that a jump, a step and a hit together can give without anything below. */
const RISE_MAX = 4;
/** How deep into a full block is still a rounding error. */
const OVERLAP = 0.0625;
const HALF_WIDTH = 0.3;
/** The part of the body that is inside the player's box in every pose, crawling included. */
const BODY_HEIGHT = 0.6;
/** Farther than this in one movement the path is not followed: it may have had corners. */
const PATH_BLOCKS_MAX = 4;

export function startMoving(pose: Pose, tick: number): MoveState {
  return { pose, tick, advantage: 0, supportY: pose.y, peakY: pose.y, bounceY: pose.y, hoverTicks: 0, rung: 0 };
}

/**
 * Whether a player can have moved so. A refusal says 'play.position-invalid' for what is no position and 'play.moved-too-fast' for
 * the rest, with `reason` and `rung`; the client is set back to `state.pose`, and a high rung is a pattern that costs reputation.
 * 1. Numbers. 2. Speed over ground and height gained, with what was gained before. 3. Flying. 4. Through solid blocks.
 */
export function checkMove(state: MoveState, next: Movement, context: MoveContext): Moved {
  if (!isPose(next.pose)) return set(state, refuse('play.position-invalid'));
  if (context.player.gameMode === 'spectator') return moved(startMoving(next.pose, next.tick), state.rung);
  const limits = limitsOf(context);
  const ticks = Math.min(20, Math.max(1, next.tick - state.tick));
  const step = { x: next.pose.x - state.pose.x, y: next.pose.y - state.pose.y, z: next.pose.z - state.pose.z };
  const over = Math.sqrt(step.x * step.x + step.z * step.z) - limits.along * ticks;
  const climb = Math.max(0, step.y - limits.up * ticks, -step.y - limits.down * ticks);
  const advantage = Math.max(0, state.advantage + over + climb);
  if (advantage > ADVANTAGE_MAX * context.leniency) return tooFast(state, 'speed', advantage);
  if (passesSolid(state.pose, next.pose, context)) return tooFast(state, 'solid', advantage);
  const air =
    limits.flies || isSupported(next.pose, context) ? grounded(state, next.pose, context) : inAir(state, next.pose, step.y, ticks);
  if (air.hoverTicks > HOVER_TICKS_MAX * context.leniency) return tooFast(state, 'hover', advantage);
  if (next.pose.y - Math.max(air.supportY, air.bounceY) > (RISE_MAX + limits.jump) * context.leniency)
    return tooFast(state, 'rise', advantage);
  return moved({ pose: next.pose, tick: next.tick, advantage, ...air, rung: state.rung }, state.rung);
}

function moved(state: MoveState, rung: number): Moved {
  return { ok: true, state: { ...state, rung: Math.max(0, rung - 1) } };
}

function set(state: MoveState, refusal: Refusal): Moved {
  return { ok: false, refusal, state: { ...state, rung: state.rung + 2, advantage: state.advantage / 2 } };
}

function tooFast(state: MoveState, reason: string, advantage: number): Moved {
  return set(state, refuse('play.moved-too-fast', { reason, advantage: Math.round(advantage * 100) / 100, rung: state.rung + 2 }));
}

interface Limits {
  /** Blocks a tick, sustained. */
  readonly along: number;
  readonly up: number;
  readonly down: number;
  /** Extra height of a jump. */
  readonly jump: number;
  readonly flies: boolean;
}

/**
 * Above what vanilla's client reaches in the best case (https://minecraft.wiki/w/Transportation): sprint-jumping under a low ceiling
 * 0.47 blocks a tick, with speed and soul speed in proportion, ice 0.85, dolphin's grace with depth strider 1.6, flying 1.1, gliding
 * 3.4, riptide 3, falling 3.92.
 */
function limitsOf({ player }: MoveContext): Limits {
  const amplifier = (name: string): number => player.statusEffects.find((effect) => effect.name === name)?.amplifier ?? -1;
  const flies = player.gameMode === 'creative' || amplifier('minecraft:levitation') >= 0;
  const jump = 0.75 * (amplifier('minecraft:jump_boost') + 1) * (amplifier('minecraft:jump_boost') + 2);
  const glides = player.inventory[6]?.name === 'minecraft:elytra';
  const riptide = [36 + player.heldSlot, 45].some((slot) => enchantmentLevel(player.inventory[slot] ?? null, 'minecraft:riptide') > 0);
  const swims = amplifier('minecraft:dolphins_grace') >= 0 ? 1.6 : 0;
  const boots = player.inventory[8] ?? null;
  const boost = 1 + 0.2 * (amplifier('minecraft:speed') + 1) + 0.25 * enchantmentLevel(boots, 'minecraft:soul_speed');
  const along = Math.max(0.9 * boost, flies ? 1.2 : 0, swims, glides || riptide ? 4 : 0);
  return { along, up: glides || riptide ? 4 : 1.2 + jump, down: 4, jump, flies: flies || glides || riptide };
}

type Air = Pick<MoveState, 'supportY' | 'peakY' | 'bounceY' | 'hoverTicks'>;

function grounded(state: MoveState, pose: Pose, context: MoveContext): Air {
  if (!isThrownBack(pose, context)) return { supportY: pose.y, peakY: pose.y, bounceY: pose.y, hoverTicks: 0 };
  return { supportY: pose.y, peakY: Math.max(state.peakY, pose.y), bounceY: state.peakY, hoverTicks: 0 };
}

function inAir(state: MoveState, pose: Pose, rise: number, ticks: number): Air {
  const hovers = rise >= -HOVER_SINK * ticks;
  const hoverTicks = hovers ? state.hoverTicks + ticks : Math.max(0, state.hoverTicks - ticks);
  return { supportY: state.supportY, peakY: Math.max(state.peakY, pose.y), bounceY: state.bounceY, hoverTicks };
}

/** Something that is not air touches the player, or is within half a block around or below: enough to jump off, swim in or cling to. */
function isSupported(pose: Pose, { world, states, isChanging }: MoveContext): boolean {
  const box = { around: HALF_WIDTH + 0.5, height: 3 };
  const isHold = (pos: BlockPos): boolean => isChanging?.(pos) === true || !states.isAir(world.block(pos));
  return (
    world.chunk(Math.floor(pose.x) >> 4, Math.floor(pose.z) >> 4) === null || someBlock({ ...pose, y: pose.y - 1 }, box, world, isHold)
  );
}

/** Slime and beds throw back whoever falls on them. A fast fall may have gone on and come back within one tick, so the look goes deep. */
function isThrownBack(pose: Pose, { world, states }: MoveContext): boolean {
  return someBlock({ ...pose, y: pose.y - 4 }, { around: HALF_WIDTH + 0.5, height: 5 }, world, (pos) => {
    const name = states.blockOf(world.block(pos))?.name ?? '';
    return name === 'minecraft:slime_block' || name.endsWith('_bed');
  });
}

/** 1. Inside a full block at the end that one was not inside of before. 2. Across one on the way, whichever axis went first. */
function passesSolid(from: Pose, to: Pose, context: MoveContext): boolean {
  const before = new Set<string>();
  solidsAt(from, context, (pos) => before.add(`${pos.x},${pos.y},${pos.z}`));
  let fresh = false;
  solidsAt(to, context, (pos) => (fresh ||= !before.has(`${pos.x},${pos.y},${pos.z}`)));
  if (fresh) return true;
  const far = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y), Math.abs(to.z - from.z));
  if (far <= HALF_WIDTH || far > PATH_BLOCKS_MAX) return false;
  return PATHS.every((path) => isBlocked(from, to, path, before, context));
}

type Axis = 'x' | 'y' | 'z';
const PATHS: readonly (readonly (readonly Axis[])[])[] = [
  [['x', 'y', 'z']],
  [['y'], ['x', 'z']],
  [['x', 'z'], ['y']],
  [['y'], ['x'], ['z']],
  [['y'], ['z'], ['x']],
  [['x'], ['y'], ['z']],
  [['z'], ['y'], ['x']],
];

function isBlocked(from: Pose, to: Pose, path: readonly (readonly Axis[])[], before: ReadonlySet<string>, context: MoveContext): boolean {
  let at = from;
  for (const axes of path) {
    const start = at;
    const end = { ...at, ...Object.fromEntries(axes.map((axis) => [axis, to[axis]])) };
    const steps = Math.ceil(Math.max(...axes.map((axis) => Math.abs(end[axis] - start[axis]))) / HALF_WIDTH);
    for (let i = 1; i <= steps; i++) {
      const part = i / steps;
      at = { ...end };
      for (const axis of axes) at = { ...at, [axis]: start[axis] + (end[axis] - start[axis]) * part };
      let hit = false;
      solidsAt(at, context, (pos) => (hit ||= !before.has(`${pos.x},${pos.y},${pos.z}`)));
      if (hit) return true;
    }
    at = end;
  }
  return false;
}

function solidsAt(pose: Pose, { world, states, isChanging }: MoveContext, found: (pos: BlockPos) => void): void {
  const body = { around: HALF_WIDTH - OVERLAP, height: BODY_HEIGHT - 2 * OVERLAP };
  someBlock({ ...pose, y: pose.y + OVERLAP }, body, world, (pos) => {
    if (isFullCube(states, world.block(pos)) && isChanging?.(pos) !== true) found(pos);
    return false;
  });
}

function isFullCube(states: BlockStates, id: number): boolean {
  const block = states.blockOf(id);
  if (block === null) return true;
  const boxes = block.shapes.length === 1 ? block.shapes[0]! : (block.shapes[id - block.firstState] ?? []);
  return boxes.length === 1 && boxes[0]!.every((side, index) => side === (index < 3 ? 0 : 16));
}

/** Every block that a box around the feet touches, in chunks that are there. */
function someBlock(
  pose: Pose,
  box: { readonly around: number; readonly height: number },
  world: MoveContext['world'],
  test: (pos: BlockPos) => boolean,
): boolean {
  const top = Math.floor(pose.y + box.height);
  for (let y = Math.floor(pose.y); y <= top; y++) {
    for (let z = Math.floor(pose.z - box.around); z <= Math.floor(pose.z + box.around); z++) {
      for (let x = Math.floor(pose.x - box.around); x <= Math.floor(pose.x + box.around); x++) {
        if (world.chunk(x >> 4, z >> 4) !== null && test({ x, y, z })) return true;
      }
    }
  }
  return false;
}
