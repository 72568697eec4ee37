import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Slot } from '../../model/items.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { handItem } from '../players/inventory.ts';
import { blockOr, setBlock } from './change.ts';
import { towards } from './faces.ts';
import { named, nameOf } from './family.ts';

/** What the block below (or a head on top) makes of a note block. Source: https://minecraft.wiki/w/Note_Block#Instruments */
const HEADS: Readonly<Record<string, string>> = {
  zombie_head: 'zombie',
  skeleton_skull: 'skeleton',
  creeper_head: 'creeper',
  dragon_head: 'dragon',
  wither_skeleton_skull: 'wither_skeleton',
  piglin_head: 'piglin',
  player_head: 'custom_head',
};
const BASES: readonly (readonly [RegExp, string])[] = [
  [/^gold_block$/, 'bell'],
  [/^clay$|^infested_(?!deepslate)|^honeycomb_block$/, 'flute'],
  [/^packed_ice$/, 'chime'],
  [/_wool$/, 'guitar'],
  [/^bone_block$/, 'xylophone'],
  [/^iron_block$/, 'iron_xylophone'],
  [/^soul_sand$/, 'cow_bell'],
  [/^pumpkin$/, 'didgeridoo'],
  [/^emerald_block$/, 'bit'],
  [/^hay_block$/, 'banjo'],
  [/^glowstone$/, 'pling'],
  [/^(sand|red_sand|gravel|suspicious_sand|suspicious_gravel)$|_concrete_powder$/, 'snare'],
  [/(^|_)glass(_pane)?$|^(sea_lantern|beacon)$/, 'hat'],
  [
    /(_planks|_log|_wood|_stem|_hyphae|_fence|_fence_gate|_sign|_bookshelf|_banner|_shelf)$|^(bookshelf|chest|trapped_chest|crafting_table|note_block|jukebox|composter|barrel|lectern|loom|cartography_table|fletching_table|smithing_table|beehive|bee_nest|campfire|soul_campfire|daylight_detector|mangrove_roots|bamboo_block|bamboo_mosaic|.*mushroom_block|(oak|spruce|birch|jungle|acacia|dark_oak|mangrove|cherry|bamboo|crimson|warped)_(slab|stairs|door|trapdoor|pressure_plate))$/,
    'bass',
  ],
];
/** Everything of stone, ore, metal that needs a pickaxe. */
const DRUMS = /^(iron_block|gold_block|copper|.*_copper|lapis_block)/;

const NOTES_COUNT = 25;
/** The twelfth root of two. */
const SEMITONE = 1.059_463_094_359_295_3;

/** Half an octave speed below, twice above: 2 to the power of (note - 12) / 12. */
function pitchOf(note: number): number {
  let pitch = 0.5;
  for (let i = 0; i < note; i++) pitch *= SEMITONE;
  return pitch;
}

function instrumentAt(context: RuleContext, pos: BlockPos): string {
  const head = HEADS[nameOf(context, blockOr(context, towards(pos, 'up')))];
  if (head !== undefined) return head;
  const below = blockOr(context, towards(pos, 'down'));
  const name = nameOf(context, below);
  const found = BASES.find(([blocks]) => blocks.test(name));
  if (found !== undefined) return found[1];
  return context.states.blockOf(below)?.tool === 'pickaxe' && !DRUMS.test(name) ? 'basedrum' : 'harp';
}

/** Plays if there is air above, or a head that plays for itself. */
function playNote(context: RuleContext, pos: BlockPos, state: StateId): void {
  const above = blockOr(context, towards(pos, 'up'));
  const instrument = context.states.get(state, 'instrument')!;
  const isHead = HEADS[nameOf(context, above)] !== undefined;
  if (!isHead && !context.states.isAir(above)) return;
  if (instrument === 'custom_head') return;
  const note = Number(context.states.get(state, 'note'));
  const sound = isHead ? `minecraft:block.note_block.imitate.${instrument}` : `minecraft:block.note_block.${instrument}`;
  const at = { x: pos.x + 0.5, y: pos.y + 0.5, z: pos.z + 0.5 };
  context.emit({ type: 'show', event: { kind: 'blockAction', pos, action: 0, value: 0 } });
  context.emit({ type: 'show', event: { kind: 'sound', sound, pos: at, volume: 3, pitch: isHead ? 1 : pitchOf(note) } });
}

const NOTE_BLOCK: BlockRule = {
  name: 'note-block',
  matches: named(/^note_block$/),
  place: (context, { pos }, state) => context.states.with(state, 'instrument', instrumentAt(context, pos)),
  neighbour: (context, pos, state, from) =>
    from === 'up' || from === 'down' ? context.states.with(state, 'instrument', instrumentAt(context, pos)) : state,
  use: (context, player, { pos, face, hand }, state) => {
    if (face === 'up' && isTopInstrument(context, handItem(player, hand))) return 'pass';
    const note = (Number(context.states.get(state, 'note')) + 1) % NOTES_COUNT;
    const tuned = context.states.with(state, 'note', String(note));
    setBlock(context, pos, tuned);
    playNote(context, pos, tuned);
    return 'done';
  },
};

/** A head that is put on top, not a click that tunes. */
function isTopInstrument(context: RuleContext, item: Slot): boolean {
  return item !== null && context.tables.itemTags.get('minecraft:noteblock_top_instruments')?.has(item.name) === true;
}

export const NOTES: RuleSet = { blocks: [NOTE_BLOCK] };
