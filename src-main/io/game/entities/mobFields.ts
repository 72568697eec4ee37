import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { jsonToComponent, wireText } from '../text/component.ts';
import { displayFields } from './displayFields.ts';
import { GLOWING, INVISIBLE, ON_FIRE, type Field } from './kinds.ts';
import type { MobContext } from './mobContext.ts';

type Reader = (tag: NbtCompound, context: MobContext) => readonly Field[];

/**
 * Metadata from the NBT of a save, as far as it can be seen. Names and forms of the tags: https://minecraft.wiki/w/Entity_format;
 * field types: https://minecraft.wiki/w/Java_Edition_protocol/Entity_metadata (1.21.1).
 */
export function mobFields(kind: string, tag: NbtCompound, context: MobContext): readonly Field[] {
  const own = BY_KIND[kind.replace('minecraft:', '')];
  return [...common(tag), ...(own === undefined ? [] : own(tag, context))];
}

function common(tag: NbtCompound): readonly Field[] {
  const fields: Field[] = [];
  const flags = (on(tag, 'HasVisualFire') ? ON_FIRE : 0) | (on(tag, 'Invisible') ? INVISIBLE : 0) | (on(tag, 'Glowing') ? GLOWING : 0);
  if (flags !== 0) fields.push(['shared_flags', 'byte', flags]);
  const name = nbt.getText(tag, 'CustomName');
  if (name !== null && name !== '') fields.push(['custom_name', 'optional_component', wireText(jsonToComponent(name))]);
  if (on(tag, 'CustomNameVisible')) fields.push(['custom_name_visible', 'boolean', true]);
  if (on(tag, 'NoGravity')) fields.push(['no_gravity', 'boolean', true]);
  if (number(tag, 'Age') < 0 || on(tag, 'IsBaby')) fields.push(['baby', 'boolean', true]);
  return fields;
}

const VILLAGER_TYPES = ['desert', 'jungle', 'plains', 'savanna', 'snow', 'swamp', 'taiga'];
const PROFESSIONS =
  'none armorer butcher cartographer cleric farmer fisherman fletcher leatherworker librarian mason nitwit shepherd toolsmith weaponsmith'.split(
    ' ',
  );
const CATS = 'tabby black red siamese british_shorthair calico persian ragdoll white jellie all_black'.split(' ');
const FROGS = ['temperate', 'warm', 'cold'];
const BOATS = 'oak spruce birch jungle acacia cherry dark_oak mangrove bamboo'.split(' ');
const PANDA_GENES = 'normal lazy worried playful brown weak aggressive'.split(' ');

const villager: Reader = (tag) => {
  const data = nbt.getCompound(tag, 'VillagerData');
  if (data === null) return [];
  return [
    [
      'villager_data',
      'villager_data',
      {
        villagerType: named(VILLAGER_TYPES, nbt.getText(data, 'type'), 2),
        villagerProfession: named(PROFESSIONS, nbt.getText(data, 'profession'), 0),
        level: nbt.getNumber(data, 'level') ?? 1,
      },
    ],
  ];
};

const pet = (tag: NbtCompound): readonly Field[] => [
  ['flags', 'byte', (on(tag, 'Sitting') ? 1 : 0) | (tag.value.has('Owner') || tag.value.has('OwnerUUID') ? 4 : 0)],
  ['collar_color', 'int', nbt.getNumber(tag, 'CollarColor') ?? 14],
];

const numbered =
  (field: string, name: string, type = 'int'): Reader =>
  (tag) => [[field, type, number(tag, name)]];

const saddled: Reader = (tag) => [['saddle', 'boolean', on(tag, 'Saddle')]];
const boat: Reader = (tag) => [['type', 'int', named(BOATS, nbt.getText(tag, 'Type'), 0)]];
const slime: Reader = (tag) => [['size', 'int', number(tag, 'Size') + 1]];
const frame: Reader = (tag, context) => [
  ['item', 'item_stack', context.item(nbt.getCompound(tag, 'Item'))],
  ['rotation', 'int', number(tag, 'ItemRotation')],
];

const armorStand: Reader = (tag) => {
  const flags =
    (on(tag, 'Small') ? 1 : 0) | (on(tag, 'ShowArms') ? 4 : 0) | (on(tag, 'NoBasePlate') ? 8 : 0) | (on(tag, 'Marker') ? 16 : 0);
  const pose = nbt.getCompound(tag, 'Pose');
  const parts = [
    ['head_pose', 'Head'],
    ['body_pose', 'Body'],
    ['left_arm_pose', 'LeftArm'],
    ['right_arm_pose', 'RightArm'],
    ['left_leg_pose', 'LeftLeg'],
    ['right_leg_pose', 'RightLeg'],
  ] as const;
  return [
    ['client_flags', 'byte', flags],
    ...parts.flatMap(([field, part]): readonly Field[] => {
      const angles = pose === null ? null : nbt.getList(pose, part);
      if (angles === null || angles.length !== 3) return [];
      const [pitch, yaw, roll] = angles.map((angle) => (typeof angle.value === 'number' ? angle.value : 0));
      return [[field, 'rotations', { pitch, yaw, roll }]];
    }),
  ];
};

const painting: Reader = (tag, context) => {
  const name = (nbt.getText(tag, 'variant') ?? nbt.getText(tag, 'Motive') ?? 'kebab').replace('minecraft:', '').toLowerCase();
  const id = context.paintings.indexOf(`minecraft:${name}`);
  return id < 0 ? [] : [['painting_variant', 'painting_variant', { variantId: id }]];
};

const wolf: Reader = (tag, context) => {
  const id = context.wolves.indexOf(nbt.getText(tag, 'variant') ?? 'minecraft:pale');
  return [...pet(tag), ...(id < 0 ? [] : [['variant', 'wolf_variant', { variantId: id }] as const])];
};

const BY_KIND: Readonly<Record<string, Reader>> = {
  sheep: (tag) => [['wool', 'byte', (number(tag, 'Color') & 15) | (on(tag, 'Sheared') ? 16 : 0)]],
  villager,
  zombie_villager: villager,
  slime,
  magma_cube: slime,
  phantom: numbered('size', 'Size'),
  horse: numbered('type_variant', 'Variant'),
  llama: numbered('variant', 'Variant'),
  trader_llama: numbered('variant', 'Variant'),
  tropical_fish: numbered('type_variant', 'Variant'),
  parrot: (tag) => [...pet(tag), ['variant', 'int', number(tag, 'Variant')]],
  cat: (tag) => [...pet(tag), ['variant', 'cat_variant', named(CATS, nbt.getText(tag, 'variant'), number(tag, 'CatType'))]],
  wolf,
  fox: (tag) => [['type', 'int', nbt.getText(tag, 'Type') === 'snow' ? 1 : 0]],
  axolotl: numbered('variant', 'Variant'),
  rabbit: numbered('type', 'RabbitType'),
  frog: (tag) => [['variant', 'frog_variant', named(FROGS, nbt.getText(tag, 'variant'), 0)]],
  mooshroom: (tag) => [['type', 'string', nbt.getText(tag, 'Type') ?? 'red']],
  shulker: (tag) => [
    ['attach_face', 'direction', number(tag, 'AttachFace')],
    ['peek', 'byte', number(tag, 'Peek')],
    ['color', 'byte', nbt.getNumber(tag, 'Color') ?? 16],
  ],
  creeper: (tag) => [['is_powered', 'boolean', on(tag, 'powered')]],
  pig: saddled,
  strider: saddled,
  snow_golem: (tag) => [['pumpkin', 'byte', (nbt.getNumber(tag, 'Pumpkin') ?? 1) === 0 ? 0 : 16]],
  goat: (tag) => [
    ['is_screaming_goat', 'boolean', on(tag, 'IsScreamingGoat')],
    ['has_left_horn', 'boolean', (nbt.getNumber(tag, 'HasLeftHorn') ?? 1) !== 0],
    ['has_right_horn', 'boolean', (nbt.getNumber(tag, 'HasRightHorn') ?? 1) !== 0],
  ],
  panda: (tag) => [
    ['main_gene', 'byte', named(PANDA_GENES, nbt.getText(tag, 'MainGene'), 0)],
    ['hidden_gene', 'byte', named(PANDA_GENES, nbt.getText(tag, 'HiddenGene'), 0)],
  ],
  pufferfish: numbered('puff_state', 'PuffState'),
  armor_stand: armorStand,
  item_frame: frame,
  glow_item_frame: frame,
  painting,
  boat,
  chest_boat: boat,
  item: (tag, context) => [['item', 'item_stack', context.item(nbt.getCompound(tag, 'Item'))]],
  end_crystal: (tag) => [['show_bottom', 'boolean', (nbt.getNumber(tag, 'ShowBottom') ?? 1) !== 0]],
  tnt: (tag, context) => [
    ['fuse', 'int', nbt.getNumber(tag, 'fuse') ?? nbt.getNumber(tag, 'Fuse') ?? 80],
    ...(tag.value.has('block_state') ? [['block_state', 'block_state', context.block(nbt.getCompound(tag, 'block_state'))] as const] : []),
  ],
  block_display: displayFields,
  item_display: displayFields,
  text_display: displayFields,
};

/** 3D direction of what hangs on a wall: frames store it, paintings store the horizontal one (south, west, north, east). */
export function hangingFacing(kind: string, tag: NbtCompound): number {
  if (kind === 'minecraft:item_frame' || kind === 'minecraft:glow_item_frame') return number(tag, 'Facing');
  if (kind !== 'minecraft:painting') return 0;
  const horizontal = nbt.getNumber(tag, 'facing') ?? nbt.getNumber(tag, 'Facing') ?? 0;
  return [3, 4, 2, 5][horizontal & 3]!;
}

function on(tag: NbtCompound, name: string): boolean {
  return (nbt.getNumber(tag, name) ?? 0) !== 0;
}

function number(tag: NbtCompound, name: string): number {
  return nbt.getNumber(tag, name) ?? 0;
}

function named(names: readonly string[], name: string | null, otherwise: number): number {
  const index = name === null ? -1 : names.indexOf(name.replace('minecraft:', ''));
  return index < 0 ? otherwise : index;
}
