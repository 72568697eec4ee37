import { createRequire } from 'node:module';
import minecraftData from 'minecraft-data';
import { Vec3 } from 'vec3';
import type { Pose } from '../../../src-shared/units/index.ts';
import { kit, type Stage } from './stage.ts';

/** mineflayer's own movement, so that what it does is what we let pass. It depends on these two packages; we ask for them through it. */
const fromMineflayer = createRequire(createRequire(import.meta.url).resolve('mineflayer'));
const { Physics, PlayerState } = fromMineflayer('prismarine-physics');
const Block = fromMineflayer('prismarine-block')('1.21.1');

export type Control = 'forward' | 'back' | 'left' | 'right' | 'jump' | 'sprint' | 'sneak';

/** A player who moves through the stage as mineflayer would, tick by tick. */
export class Walker {
  readonly #physics: any;
  readonly #world: any;
  readonly #entity: any;
  readonly #effects: Record<number, { id: number; amplifier: number; duration: number }> = {};
  #jumpTicks = 0;
  #jumpQueued = false;
  readonly control: Record<Control, boolean> = {
    forward: false,
    back: false,
    left: false,
    right: false,
    jump: false,
    sprint: false,
    sneak: false,
  };

  constructor(stage: Stage, pose: Pose) {
    const world = {
      getBlock: (at: Vec3) => {
        const state = stage.shard.block({ x: Math.floor(at.x), y: Math.floor(at.y), z: Math.floor(at.z) });
        const block = Block.fromStateId(kit.states.shown(state), 0);
        block.position = at.floored();
        return block;
      },
    };
    this.#world = world;
    this.#physics = Physics(minecraftData('1.21.1'), world);
    this.#entity = {
      position: new Vec3(pose.x, pose.y, pose.z),
      velocity: new Vec3(0, 0, 0),
      onGround: true,
      isInWater: false,
      isInLava: false,
      isInWeb: false,
      isCollidedHorizontally: false,
      isCollidedVertically: false,
      elytraFlying: false,
      attributes: {},
      yaw: 0,
      pitch: 0,
      effects: this.#effects,
    };
  }

  turn(degrees: number): void {
    this.#entity.yaw = Math.PI - (degrees * Math.PI) / 180;
  }

  effect(id: number, amplifier: number): void {
    this.#effects[id] = { id, amplifier, duration: 1e9 };
  }

  throwUp(speed: number): void {
    this.#entity.velocity.y = speed;
  }

  get onGround(): boolean {
    return this.#entity.onGround;
  }

  tick(): Pose {
    const bot = {
      version: '1.21.1',
      entity: this.#entity,
      jumpTicks: this.#jumpTicks,
      jumpQueued: this.#jumpQueued,
      fireworkRocketDuration: 0,
      inventory: { slots: [] as unknown[] },
    };
    const state = new PlayerState(bot, this.control);
    this.#physics.simulatePlayer(state, this.#world);
    state.apply(bot);
    this.#jumpTicks = bot.jumpTicks;
    this.#jumpQueued = bot.jumpQueued;
    const { x, y, z } = this.#entity.position;
    return { x, y, z, yaw: 0, pitch: 0 };
  }
}
