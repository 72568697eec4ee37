import type { Face } from '../../../src-main/core/world/index.ts';

export type Side = 'north' | 'east' | 'south' | 'west';
/** Where the click went: the top of the ground, the side of a block, the underside of a block with air below. */
export type Surface = 'floor' | 'wall' | 'ceiling';

export interface Clicked {
  readonly surface: Surface;
  /** The way that the player looks; a wall is clicked on the opposite side. */
  readonly look: Side;
}

/** Block name without namespace and the properties that must hold; null: refused; 'any': whatever, as long as it is a state. */
export type Expected = { readonly block?: string; readonly properties?: Readonly<Record<string, string>> } | null | 'any';

const CLOCKWISE: Readonly<Record<Side, Side>> = { north: 'east', east: 'south', south: 'west', west: 'north' };
const BACK: Readonly<Record<Side, Side>> = { north: 'south', east: 'west', south: 'north', west: 'east' };
const AXIS: Readonly<Record<Side, string>> = { north: 'z', south: 'z', east: 'x', west: 'x' };
/** Sixteenths of a turn of the yaw of a look. */
const TURN: Readonly<Record<Side, number>> = { south: 0, west: 4, north: 8, east: 12 };

const clickedFace = ({ surface, look }: Clicked): Face => (surface === 'floor' ? 'up' : surface === 'ceiling' ? 'down' : BACK[look]);
const properties = (values: Readonly<Record<string, string>>): Expected => ({ properties: values });
const onlyOn =
  (...surfaces: readonly Surface[]) =>
  (clicked: Clicked): boolean =>
    surfaces.includes(clicked.surface);
const onFloor = onlyOn('floor');
const onWall = onlyOn('wall');

/** By item name, the first that matches. Source: https://minecraft.wiki pages of the blocks ("Block states", "Placement"). */
export const PLACING: readonly (readonly [items: RegExp, expected: (clicked: Clicked, item: string) => Expected])[] = [
  [/^(lily_pad|frogspawn|wheat)$/, () => 'any'],
  [/^(farmland|dirt_path)$/, (clicked) => (clicked.surface === 'ceiling' ? { block: 'dirt' } : {})],
  [/_slab$/, (clicked) => properties({ type: clicked.surface === 'ceiling' ? 'top' : 'bottom', waterlogged: 'false' })],
  [
    /_stairs$/,
    (clicked) => properties({ facing: clicked.look, half: clicked.surface === 'ceiling' ? 'top' : 'bottom', shape: 'straight' }),
  ],
  [
    /(_log|_wood|_stem|_hyphae|_pillar|basalt|froglight|^deepslate|^hay_block|^bone_block|^chain|^bamboo_block|^infested_deepslate|muddy_mangrove_roots)$/,
    (clicked, item) =>
      item === 'mushroom_stem' || item === 'smooth_basalt'
        ? 'any'
        : properties({ axis: clicked.surface === 'wall' ? AXIS[clicked.look] : 'y' }),
  ],
  [
    /^(soul_|redstone_)?torch$/,
    (clicked, item) =>
      clicked.surface === 'ceiling'
        ? null
        : onWall(clicked)
          ? { block: item.replace('torch', 'wall_torch'), properties: { facing: BACK[clicked.look] } }
          : { block: item },
  ],
  [
    /_hanging_sign$/,
    (clicked, item) =>
      onFloor(clicked)
        ? null
        : onWall(clicked)
          ? { block: item.replace('hanging_sign', 'wall_hanging_sign') }
          : { block: item, properties: { attached: 'false', rotation: String((TURN[clicked.look] + 8) % 16) } },
  ],
  [
    /(_sign|_banner)$/,
    (clicked, item) =>
      clicked.surface === 'ceiling'
        ? null
        : onWall(clicked)
          ? { block: item.replace(/_(sign|banner)$/, '_wall_$1'), properties: { facing: BACK[clicked.look] } }
          : { block: item, properties: { rotation: String((TURN[clicked.look] + 8) % 16) } },
  ],
  [
    /_(skull|head)$/,
    (clicked, item) =>
      onWall(clicked)
        ? { block: item.replace(/_(skull|head)$/, '_wall_$1'), properties: { facing: BACK[clicked.look] } }
        : { block: item, properties: { rotation: String(TURN[clicked.look]) } },
  ],
  [
    /_coral_fan$/,
    (clicked, item) =>
      clicked.surface === 'ceiling'
        ? null
        : onWall(clicked)
          ? { block: item.replace('_fan', '_wall_fan'), properties: { facing: BACK[clicked.look] } }
          : { block: item },
  ],
  [
    /_button$|^lever$|^grindstone$/,
    (clicked) =>
      onWall(clicked)
        ? properties({ face: 'wall', facing: BACK[clicked.look] })
        : properties({ face: clicked.surface, facing: clicked.look }),
  ],
  [
    /^bell$/,
    (clicked) =>
      onWall(clicked)
        ? properties({ attachment: 'single_wall', facing: clicked.look })
        : properties({ attachment: clicked.surface, facing: clicked.look }),
  ],
  [
    /lantern$/,
    (clicked, item) =>
      item === 'sea_lantern'
        ? 'any'
        : item === 'jack_o_lantern'
          ? properties({ facing: BACK[clicked.look] })
          : onWall(clicked)
            ? null
            : properties({ hanging: String(clicked.surface === 'ceiling') }),
  ],
  [/^(ladder|tripwire_hook)$/, (clicked) => (onWall(clicked) ? properties({ facing: BACK[clicked.look] }) : null)],
  [/^cocoa_beans$/, (clicked) => (onWall(clicked) ? { block: 'cocoa', properties: { facing: clicked.look } } : null)],
  [
    /_trapdoor$/,
    (clicked) => properties({ facing: BACK[clicked.look], half: clicked.surface === 'ceiling' ? 'top' : 'bottom', open: 'false' }),
  ],
  [/_door$/, (clicked) => (onFloor(clicked) ? properties({ facing: clicked.look, half: 'lower', hinge: 'left', open: 'false' }) : null)],
  [/_bed$/, (clicked) => (onWall(clicked) ? null : properties({ facing: clicked.look, part: 'foot' }))],
  [/_fence_gate$/, (clicked) => properties({ facing: clicked.look, in_wall: 'false', open: 'false' })],
  [
    /(_fence|_pane|^iron_bars)$/,
    (clicked) =>
      properties(
        Object.fromEntries(
          (['north', 'east', 'south', 'west'] as const).map((side) => [side, String(onWall(clicked) && side === clicked.look)]),
        ),
      ),
  ],
  [
    /_wall$/,
    (clicked) =>
      properties({
        up: 'true',
        ...Object.fromEntries(
          (['north', 'east', 'south', 'west'] as const).map((side) => [side, onWall(clicked) && side === clicked.look ? 'low' : 'none']),
        ),
      }),
  ],
  [
    /shulker_box$|^(end_rod|lightning_rod|small_amethyst_bud|medium_amethyst_bud|large_amethyst_bud|amethyst_cluster)$/,
    (clicked) => properties({ facing: clickedFace(clicked) }),
  ],
  [/^(dispenser|dropper|piston|sticky_piston|barrel|.*command_block)$/, (clicked) => properties({ facing: clickedFace(clicked) })],
  [
    /^observer$/,
    (clicked) => properties({ facing: clicked.surface === 'floor' ? 'down' : clicked.surface === 'ceiling' ? 'up' : clicked.look }),
  ],
  [/^hopper$/, (clicked) => properties({ facing: onWall(clicked) ? clicked.look : 'down' })],
  [
    /^jigsaw$/,
    (clicked) =>
      properties({ orientation: onWall(clicked) ? `${BACK[clicked.look]}_up` : `${clickedFace(clicked)}_${BACK[clicked.look]}` }),
  ],
  [
    /^crafter$/,
    (clicked) =>
      properties({
        orientation: onWall(clicked)
          ? `${BACK[clicked.look]}_up`
          : clicked.surface === 'floor'
            ? `up_${clicked.look}`
            : `down_${BACK[clicked.look]}`,
      }),
  ],
  [/^((chipped_|damaged_)?anvil)$/, (clicked) => properties({ facing: CLOCKWISE[clicked.look] })],
  [/^(campfire|soul_campfire|decorated_pot|calibrated_sculk_sensor)$/, (clicked) => properties({ facing: clicked.look })],
  [/^(repeater|comparator)$/, (clicked) => (onFloor(clicked) ? properties({ facing: BACK[clicked.look] }) : null)],
  [
    /(_glazed_terracotta|^(furnace|smoker|blast_furnace|chest|trapped_chest|ender_chest|carved_pumpkin|loom|stonecutter|chiseled_bookshelf|end_portal_frame|beehive|bee_nest|lectern|vault))$/,
    (clicked) => properties({ facing: BACK[clicked.look] }),
  ],
  [/(^|_)rail$/, (clicked) => (onFloor(clicked) ? properties({ shape: AXIS[clicked.look] === 'x' ? 'east_west' : 'north_south' }) : null)],
  [
    /^redstone$/,
    (clicked) =>
      onFloor(clicked) ? { block: 'redstone_wire', properties: { north: 'side', east: 'side', south: 'side', west: 'side' } } : null,
  ],
  [/^string$/, () => ({ block: 'tripwire' })],
  [/(_carpet|_pressure_plate)$/, (clicked) => (onFloor(clicked) ? {} : null)],
  [/_leaves$/, () => properties({ persistent: 'true' })],
  [/candle$/, (clicked) => (onFloor(clicked) ? properties({ candles: '1', lit: 'false' }) : null)],
  [/^cake$/, (clicked) => (onFloor(clicked) ? properties({ bites: '0' }) : null)],
  [/^snow$/, (clicked) => (onFloor(clicked) ? properties({ layers: '1' }) : null)],
  [/^vine$/, (clicked) => (onFloor(clicked) ? null : properties({ [onWall(clicked) ? clicked.look : 'up']: 'true' }))],
  [
    /^(glow_lichen|sculk_vein)$/,
    (clicked) => properties({ [onWall(clicked) ? clicked.look : clicked.surface === 'floor' ? 'down' : 'up']: 'true' }),
  ],
  [
    /^pointed_dripstone$/,
    (clicked) => (onWall(clicked) ? null : properties({ vertical_direction: clickedFace(clicked), thickness: 'tip' })),
  ],
  [/^scaffolding$/, (clicked) => (onFloor(clicked) ? properties({ distance: '0', bottom: 'false' }) : null)],
  [/^(spore_blossom|hanging_roots)$/, (clicked) => (clicked.surface === 'ceiling' ? {} : null)],
  [/^(weeping_vines)$/, (clicked) => (clicked.surface === 'ceiling' ? {} : null)],
  [/^glow_berries$/, (clicked) => (clicked.surface === 'ceiling' ? { block: 'cave_vines', properties: { berries: 'false' } } : null)],
  [/^bamboo$/, (clicked) => (onFloor(clicked) ? { block: 'bamboo_sapling' } : null)],
  [
    /^(.+_sapling|mangrove_propagule|short_grass|fern|dead_bush|.*azalea|dandelion|poppy|blue_orchid|allium|azure_bluet|.+_tulip|oxeye_daisy|cornflower|lily_of_the_valley|wither_rose|torchflower|pink_petals|brown_mushroom|red_mushroom|crimson_fungus|warped_fungus|crimson_roots|warped_roots|nether_sprouts|nether_wart|sugar_cane|cactus|sweet_berries|seagrass|kelp|twisting_vines|sea_pickle|.+_coral|big_dripleaf|.+_seeds|pitcher_pod|carrot|potato|chorus_plant|chorus_flower)$/,
    (clicked) => (onFloor(clicked) ? {} : null),
  ],
  [
    /^(sunflower|lilac|rose_bush|peony|tall_grass|large_fern|pitcher_plant|small_dripleaf)$/,
    (clicked) => (onFloor(clicked) ? properties({ half: 'lower' }) : null),
  ],
  [/^(grass_block|podzol|mycelium)$/, () => properties({ snowy: 'false' })],
  [/_mushroom_block$|^mushroom_stem$/, () => properties({ up: 'true', down: 'true', north: 'true' })],
];

/** The ground that an item needs; stone for everything else. `water` is a source above stone. */
export const GROUNDS: readonly (readonly [RegExp, string])[] = [
  [/(^|_)(wheat_seeds|beetroot_seeds|pumpkin_seeds|melon_seeds|torchflower_seeds|pitcher_pod|carrot|potato)$/, 'farmland'],
  [/^nether_wart$/, 'soul_sand'],
  [/^(cactus|dead_bush)$/, 'sand'],
  [/^chorus_(plant|flower)$/, 'end_stone'],
  [/^(seagrass|kelp)$/, 'water'],
  [/^(brown_mushroom|red_mushroom|crimson_fungus|warped_fungus)$/, 'mycelium'],
  [/^(big_dripleaf|small_dripleaf)$/, 'clay'],
  [/^cocoa_beans$/, 'jungle_log'],
  [
    /^(.+_sapling|mangrove_propagule|short_grass|fern|.*azalea|dandelion|poppy|blue_orchid|allium|azure_bluet|.+_tulip|oxeye_daisy|cornflower|lily_of_the_valley|wither_rose|torchflower|pink_petals|crimson_roots|warped_roots|nether_sprouts|sweet_berries|sunflower|lilac|rose_bush|peony|tall_grass|large_fern|pitcher_plant|bamboo|sugar_cane)$/,
    'grass_block',
  ],
];
