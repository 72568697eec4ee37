import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { readItem, withoutPrivateTags, writeItem, type Chunk } from '../../../core/world/index.ts';
import { blockEntityIds } from '../tables/blockEntities.ts';
import type { PacketWriter } from '../wire/packetWriter.ts';

/**
 * What clients draw of a block entity, by its type: these tags and no others. Contents of containers are not among them (they come
 * with the window), so nobody can look into chests from afar. Source: the `getUpdateTag` methods of 1.21.1.
 */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  sign: ['front_text', 'back_text', 'is_waxed'],
  hanging_sign: ['front_text', 'back_text', 'is_waxed'],
  banner: ['patterns', 'CustomName'],
  skull: ['profile', 'note_block_sound', 'custom_name'],
  campfire: ['Items'],
  decorated_pot: ['sherds', 'item'],
  mob_spawner: ['SpawnData', 'Delay', 'MinSpawnDelay', 'MaxSpawnDelay', 'RequiredPlayerRange'],
  trial_spawner: ['spawn_data', 'next_mob_spawns_at'],
  vault: ['shared_data'],
  end_gateway: ['Age', 'ExitPortal', 'ExactTeleport'],
  beacon: ['primary_effect', 'secondary_effect', 'Levels'],
  conduit: ['Target'],
  brushable_block: ['hit_direction', 'item'],
  piston: ['blockState', 'facing', 'progress', 'extending', 'source'],
  enchanting_table: ['CustomName'],
  structure_block: [
    'name',
    'author',
    'metadata',
    'posX',
    'posY',
    'posZ',
    'sizeX',
    'sizeY',
    'sizeZ',
    'rotation',
    'mirror',
    'mode',
    'ignoreEntities',
    'powered',
    'showair',
    'showboundingbox',
    'integrity',
    'seed',
  ],
  jigsaw: ['name', 'target', 'pool', 'final_state', 'joint', 'placement_priority', 'selection_priority'],
};

/** Signs have had two sides since 1.20 (23w13a). */
const TWO_SIDED_SINCE = 3433;
/** Items, heads and banners have had components since 1.20.5 (24w09a). */
const COMPONENTS_SINCE = 3818;

const NOTHING = 0;

export class BlockEntityViews {
  readonly #dataVersion: number;
  readonly #ids = blockEntityIds();

  constructor(dataVersion: number) {
    this.#dataVersion = dataVersion;
  }

  /** Protocol id of a block entity's type, or null for one that this version lacks. */
  typeOf(entity: NbtCompound): number | null {
    return this.#ids.get(fullId(entity)) ?? null;
  }

  /** What a client gets of it; null when there is nothing to see. `dataVersion` is that of the chunk. */
  view(entity: NbtCompound, dataVersion: number): NbtCompound | null {
    const type = fullId(entity).slice('minecraft:'.length);
    const shown = SHOWN[type];
    if (shown === undefined) return null;
    const now = this.#modern(type, entity, dataVersion);
    const value = new Map<string, Nbt>();
    for (const name of shown) {
      const tag = now.value.get(name);
      if (tag !== undefined) value.set(name, tag);
    }
    return value.size === 0 ? null : { type: 'compound', value };
  }

  /** The list of the chunk packet. */
  write(to: PacketWriter, chunk: Chunk): void {
    const known = [...chunk.blockEntities].flatMap(([key, entity]) => {
      const type = this.typeOf(entity);
      return type === null ? [] : [{ key, entity, type }];
    });
    to.varint(known.length);
    for (const { key, entity, type } of known) {
      to.u8(((key & 15) << 4) | ((key >> 4) & 15))
        .i16(key >> 8)
        .varint(type);
      const view = this.view(entity, chunk.dataVersion);
      if (view === null) to.u8(NOTHING);
      else to.nbt(view);
    }
  }

  /** The tags that clients read, in this version's form. */
  #modern(type: string, entity: NbtCompound, dataVersion: number): NbtCompound {
    const isSign = type === 'sign' || type === 'hanging_sign';
    if (isSign)
      return dataVersion < TWO_SIDED_SINCE && !entity.value.has('front_text') ? nbt.compound({ front_text: oldSignText(entity) }) : entity;
    if (dataVersion >= COMPONENTS_SINCE) return entity;
    const component = (item: string, tag: NbtCompound, name: string): Nbt | null => {
      const stack = nbt.compound({ id: nbt.text(item), Count: nbt.byte(1), tag });
      return readItem(stack, dataVersion)?.components?.value.get(name) ?? null;
    };
    if (type === 'banner' && entity.value.has('Patterns')) {
      const tag = nbt.compound({ BlockEntityTag: nbt.compound({ Patterns: entity.value.get('Patterns')! }) });
      return nbt.withTags(entity, { patterns: component('minecraft:white_banner', tag, 'minecraft:banner_patterns') });
    }
    const owner = entity.value.get('SkullOwner') ?? entity.value.get('Owner');
    if (type === 'skull' && owner !== undefined) {
      return nbt.withTags(entity, {
        profile: component('minecraft:player_head', nbt.compound({ SkullOwner: owner }), 'minecraft:profile'),
      });
    }
    if (type === 'campfire') return nbt.withTags(entity, { Items: this.#modernItems(entity, dataVersion) });
    return entity;
  }

  #modernItems(entity: NbtCompound, dataVersion: number): Nbt {
    const items = (nbt.getList(entity, 'Items') ?? []).flatMap((item) => {
      if (item.type !== 'compound') return [];
      const stack = readItem(item, dataVersion);
      if (stack === null) return [];
      return [nbt.withTags(withoutPrivateTags(writeItem(stack, this.#dataVersion)), { Slot: nbt.byte(nbt.getNumber(item, 'Slot') ?? 0) })];
    });
    return nbt.list('compound', items);
  }
}

function fullId(entity: NbtCompound): string {
  const id = nbt.getText(entity, 'id') ?? '';
  return id.includes(':') ? id : `minecraft:${id}`;
}

/** Text1 to Text4, Color and GlowingText of the one side that signs had. */
function oldSignText(entity: NbtCompound): NbtCompound {
  const messages = [1, 2, 3, 4].map((line) => nbt.text(nbt.getText(entity, `Text${line}`) ?? '""'));
  return nbt.compound({
    messages: nbt.list('string', messages),
    color: nbt.text(nbt.getText(entity, 'Color') ?? 'black'),
    has_glowing_text: nbt.byte(nbt.getNumber(entity, 'GlowingText') ?? 0),
  });
}
