import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { jsonToComponent, wireText } from '../text/component.ts';
import type { Field } from './kinds.ts';
import type { MobContext } from './mobContext.ts';

const BILLBOARDS = ['fixed', 'vertical', 'horizontal', 'center'];
const ITEM_DISPLAYS =
  'none thirdperson_lefthand thirdperson_righthand firstperson_lefthand firstperson_righthand head gui ground fixed'.split(' ');

/** Display entities: their transformation in its decomposed form, and what they show. Source: https://minecraft.wiki/w/Display. */
export function displayFields(tag: NbtCompound, context: MobContext): readonly Field[] {
  const fields: Field[] = [...transformation(tag)];
  const billboard = BILLBOARDS.indexOf(nbt.getText(tag, 'billboard') ?? 'fixed');
  if (billboard > 0) fields.push(['billboard_render_constraints', 'byte', billboard]);
  for (const name of ['view_range', 'shadow_radius', 'shadow_strength', 'width', 'height']) {
    const value = nbt.getNumber(tag, name);
    if (value !== null) fields.push([name, 'float', value]);
  }
  const block = nbt.getCompound(tag, 'block_state');
  if (block !== null) fields.push(['block_state', 'block_state', context.block(block)]);
  const item = nbt.getCompound(tag, 'item');
  if (item !== null) fields.push(['item_stack', 'item_stack', context.item(item)]);
  const shown = ITEM_DISPLAYS.indexOf(nbt.getText(tag, 'item_display') ?? 'none');
  if (shown > 0) fields.push(['item_display', 'byte', shown]);
  return [...fields, ...textFields(tag)];
}

function textFields(tag: NbtCompound): readonly Field[] {
  const text = nbt.getText(tag, 'text');
  if (text === null) return [];
  const flag = (name: string, bit: number): number => ((nbt.getNumber(tag, name) ?? 0) === 0 ? 0 : bit);
  const alignment = { left: 8, right: 16 }[nbt.getText(tag, 'alignment') ?? 'center'] ?? 0;
  return [
    ['text', 'component', wireText(jsonToComponent(text))],
    ['line_width', 'int', nbt.getNumber(tag, 'line_width') ?? 200],
    ['background_color', 'int', nbt.getNumber(tag, 'background') ?? 0x4000_0000],
    ['text_opacity', 'byte', nbt.getNumber(tag, 'text_opacity') ?? -1],
    ['style_flags', 'byte', flag('shadow', 1) | flag('see_through', 2) | flag('default_background', 4) | alignment],
  ];
}

function transformation(tag: NbtCompound): readonly Field[] {
  const parts = nbt.getCompound(tag, 'transformation');
  if (parts === null) return [];
  const numbers = (name: string, count: number): readonly number[] | null => {
    const list = nbt.getList(parts, name);
    if (list?.length !== count) return null;
    return list.map(({ value }) => (typeof value === 'number' ? value : 0));
  };
  const fields: Field[] = [];
  for (const name of ['translation', 'scale']) {
    const vector = numbers(name, 3);
    if (vector !== null) fields.push([name, 'vector3', { x: vector[0], y: vector[1], z: vector[2] }]);
  }
  for (const name of ['left_rotation', 'right_rotation']) {
    const turn = numbers(name, 4);
    if (turn !== null) fields.push([name, 'quaternion', { x: turn[0], y: turn[1], z: turn[2], w: turn[3] }]);
  }
  return fields;
}
