import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { OpenWindow } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { samePos } from '../blocks/faces.ts';

/** Block event of chests and shulker boxes: how many look into it. */
const VIEWERS_ACTION = 1;

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^minecraft:(trapped_)?chest$/, 'block.chest'],
  [/^minecraft:ender_chest$/, 'block.ender_chest'],
  [/^minecraft:barrel$/, 'block.barrel'],
  [/shulker_box$/, 'block.shulker_box'],
];

/** How many players look into the container at `pos`. */
export function viewersOf(context: RuleContext, pos: BlockPos): number {
  let viewers = 0;
  for (const { online, gameMode, window } of context.world.players())
    if (online && gameMode !== 'spectator' && window !== null && window.blocks.some((block) => samePos(block, pos))) viewers += 1;
  return viewers;
}

/** After a player has opened `window`: the lid opens for the first viewer. */
export function showLid(context: RuleContext, window: OpenWindow): void {
  moveLid(context, window, 1, 'open');
}

/** After a player has closed `window`: the lid falls for the last viewer. */
export function hideLid(context: RuleContext, window: OpenWindow): void {
  moveLid(context, window, 0, 'close');
}

function moveLid(context: RuleContext, window: OpenWindow, turning: number, verb: 'open' | 'close'): void {
  const [first] = window.blocks;
  if (first === undefined || !context.within(first)) return;
  const name = context.states.blockOf(context.world.block(first))?.name ?? '';
  const sound = SOUNDS.find(([blocks]) => blocks.test(name))?.[1];
  if (sound === undefined) return;
  const viewers = viewersOf(context, first);
  if (name === 'minecraft:barrel') turnBarrel(context, first, viewers > 0);
  else
    for (const pos of window.blocks)
      context.emit({ type: 'show', event: { kind: 'blockAction', pos, action: VIEWERS_ACTION, value: viewers } });
  if (viewers !== turning) return;
  context.emit({
    type: 'show',
    event: {
      kind: 'sound',
      sound: `minecraft:${sound}.${verb}`,
      pos: middleOf(window.blocks),
      volume: 0.5,
      pitch: context.random(`lid ${first.x} ${first.y} ${first.z}`) * 0.1 + 0.9,
    },
  });
}

function turnBarrel(context: RuleContext, pos: BlockPos, open: boolean): void {
  const state = context.world.block(pos);
  const turned = context.states.with(state, 'open', String(open));
  if (turned !== state) context.emit({ type: 'block', pos, state: turned });
}

function middleOf(blocks: readonly BlockPos[]): { readonly x: number; readonly y: number; readonly z: number } {
  const sum = (axis: 'x' | 'y' | 'z'): number => blocks.reduce((total, pos) => total + pos[axis], 0) / blocks.length + 0.5;
  return { x: sum('x'), y: sum('y'), z: sum('z') };
}
