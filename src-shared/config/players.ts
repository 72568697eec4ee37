/** Vanilla's figures for players and for items that lie about. */

/** Most items of one stack (vanilla since 1.20.5); older saves may claim 127, which no game can make. */
export const ITEM_COUNT_MAX = 99;

/** An item entity vanishes after this long near players. */
export const ITEM_DESPAWN_TICKS = 6000;
export const ITEM_PICKUP_DELAY_TICKS = 10;
export const ITEM_THROWN_DELAY_TICKS = 40;
/** Items that lie where nobody is do not age: their time is put off by this much, this often. */
export const ITEM_ASLEEP_TICKS = 600;
/** Blocks below the lowest block at which the void begins. */
export const VOID_DEPTH_BLOCKS = 64;

export const HEALTH_MAX = 20;
export const FOOD_MAX = 20;
export const AIR_TICKS_MAX = 300;
export const EATING_TICKS = 32;
/** Nobody is hurt twice within this long (but by the void). */
export const HURT_PAUSE_TICKS = 10;
/** After spawning or respawning nothing hurts for this long. */
export const SPAWN_SAFE_TICKS = 60;

/** From the eyes to the nearest point of a container before its window closes. */
export const WINDOW_REACH_BLOCKS_MAX = 8.5;
export const WINDOW_ID_MAX = 100;
/** From the eyes to the nearest point of an attacked entity: vanilla's 3 plus its server's tolerance of 3. */
export const ATTACK_REACH_BLOCKS_MAX = 6;

/** Items of one /give (vanilla: 100 stacks). */
export const GIVE_STACKS_MAX = 100;
/** Suggestions of one completion. */
export const SUGGESTIONS_MAX = 1000;
/** Chunks that one /fill may touch: a thin line across the world would make every machine load it. */
export const COMMAND_CHUNKS_MAX = 256;
