import { nbt, type Nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import { compoundOf, take, takeCompounds, takeNumber, UUID_IS_INTS_SINCE, type TagPair } from './pair.ts';
import { intsToUuid, uuidToInts } from './uuids.ts';

/** Books, fireworks and heads: compounds whose inside changed its names. */

function newPages(pages: readonly Nbt[], filtered: NbtCompound | null): Nbt {
  return nbt.list(
    'compound',
    pages.map((page, index) => compoundOf({ raw: page, filtered: filtered?.value.get(String(index)) ?? null })),
  );
}

function oldPages(pages: readonly Nbt[]): { readonly pages: Nbt; readonly filtered: Nbt | null } {
  const raw: Nbt[] = [];
  const filtered: Record<string, Nbt> = {};
  for (const [index, page] of pages.entries()) {
    if (page.type !== 'compound') raw.push(page);
    else {
      raw.push(page.value.get('raw') ?? nbt.text(''));
      const other = page.value.get('filtered');
      if (other !== undefined) filtered[String(index)] = other;
    }
  }
  return { pages: nbt.list('string', raw), filtered: Object.keys(filtered).length > 0 ? nbt.compound(filtered) : null };
}

const writable: TagPair = {
  read: ({ item, tag, components }) => {
    if (item !== 'minecraft:writable_book') return;
    const pages = take(tag, 'pages', 'list');
    const filtered = take(tag, 'filtered_pages', 'compound');
    if (pages !== null && pages.value.length > 0)
      components.set('minecraft:writable_book_content', nbt.compound({ pages: newPages(pages.value, filtered) }));
  },
  write: ({ item, components, tag }) => {
    const content = item === 'minecraft:writable_book' ? take(components, 'minecraft:writable_book_content', 'compound') : null;
    if (content === null) return;
    const { pages, filtered } = oldPages(nbt.getList(content, 'pages') ?? []);
    tag.set('pages', pages);
    if (filtered !== null) tag.set('filtered_pages', filtered);
  },
};

const written: TagPair = {
  read: ({ item, tag, components }) => {
    if (item !== 'minecraft:written_book') return;
    const pages = take(tag, 'pages', 'list');
    const filtered = take(tag, 'filtered_pages', 'compound');
    const title = take(tag, 'title', 'string');
    const author = take(tag, 'author', 'string');
    const filteredTitle = take(tag, 'filtered_title', 'string');
    const generation = takeNumber(tag, 'generation');
    const resolved = takeNumber(tag, 'resolved');
    if (pages === null && title === null && author === null) return;
    components.set(
      'minecraft:written_book_content',
      compoundOf({
        pages: pages === null || pages.value.length === 0 ? null : newPages(pages.value, filtered),
        title: compoundOf({ raw: title ?? nbt.text(''), filtered: filteredTitle }),
        author: author ?? nbt.text(''),
        generation: generation === null || generation === 0 ? null : nbt.int(generation),
        resolved: resolved === null || resolved === 0 ? null : nbt.byte(1),
      }),
    );
  },
  write: ({ item, components, tag }) => {
    const content = item === 'minecraft:written_book' ? take(components, 'minecraft:written_book_content', 'compound') : null;
    if (content === null) return;
    const { pages, filtered } = oldPages(nbt.getList(content, 'pages') ?? []);
    const title = content.value.get('title');
    const author = content.value.get('author');
    const generation = nbt.getNumber(content, 'generation');
    tag.set('pages', pages);
    if (filtered !== null) tag.set('filtered_pages', filtered);
    if (title?.type === 'string') tag.set('title', title);
    if (title?.type === 'compound') {
      tag.set('title', title.value.get('raw') ?? nbt.text(''));
      const other = title.value.get('filtered');
      if (other !== undefined) tag.set('filtered_title', other);
    }
    if (author !== undefined) tag.set('author', author);
    if (generation !== null) tag.set('generation', nbt.int(generation));
    if (nbt.getNumber(content, 'resolved') === 1) tag.set('resolved', nbt.byte(1));
  },
};

const SHAPES = ['small_ball', 'large_ball', 'star', 'creeper', 'burst'] as const;

function newExplosion(old: NbtCompound): NbtCompound {
  const ints = (name: string): Nbt | null => {
    const value = old.value.get(name);
    return value?.type === 'intArray' && value.value.length > 0 ? value : null;
  };
  const flag = (name: string): Nbt | null => (nbt.getNumber(old, name) === 1 ? nbt.byte(1) : null);
  return compoundOf({
    shape: nbt.text(SHAPES[nbt.getNumber(old, 'Type') ?? 0] ?? 'small_ball'),
    colors: ints('Colors'),
    fade_colors: ints('FadeColors'),
    has_trail: flag('Trail'),
    has_twinkle: flag('Flicker'),
  });
}

function oldExplosion(explosion: NbtCompound): NbtCompound {
  const flag = (name: string): Nbt | null => (nbt.getNumber(explosion, name) === 1 ? nbt.byte(1) : null);
  return compoundOf({
    Type: nbt.byte(
      Math.max(
        0,
        SHAPES.findIndex((shape) => shape === nbt.getText(explosion, 'shape')),
      ),
    ),
    Colors: explosion.value.get('colors'),
    FadeColors: explosion.value.get('fade_colors'),
    Trail: flag('has_trail'),
    Flicker: flag('has_twinkle'),
  });
}

const rocket: TagPair = {
  read: ({ item, tag, components }) => {
    const fireworks = item === 'minecraft:firework_rocket' ? take(tag, 'Fireworks', 'compound') : null;
    if (fireworks === null) return;
    const explosions = takeCompounds(new Map(fireworks.value), 'Explosions') ?? [];
    components.set(
      'minecraft:fireworks',
      compoundOf({
        flight_duration: nbt.byte(nbt.getNumber(fireworks, 'Flight') ?? 0),
        explosions: explosions.length === 0 ? null : nbt.list('compound', explosions.map(newExplosion)),
      }),
    );
  },
  write: ({ item, components, tag }) => {
    const fireworks = item === 'minecraft:firework_rocket' ? take(components, 'minecraft:fireworks', 'compound') : null;
    if (fireworks === null) return;
    const explosions = takeCompounds(new Map(fireworks.value), 'explosions');
    tag.set(
      'Fireworks',
      compoundOf({
        Flight: nbt.byte(nbt.getNumber(fireworks, 'flight_duration') ?? 0),
        Explosions: explosions === null ? null : nbt.list('compound', explosions.map(oldExplosion)),
      }),
    );
  },
};

const star: TagPair = {
  read: ({ item, tag, components }) => {
    const explosion = item === 'minecraft:firework_star' ? take(tag, 'Explosion', 'compound') : null;
    if (explosion !== null) components.set('minecraft:firework_explosion', newExplosion(explosion));
  },
  write: ({ item, components, tag }) => {
    const explosion = item === 'minecraft:firework_star' ? take(components, 'minecraft:firework_explosion', 'compound') : null;
    if (explosion !== null) tag.set('Explosion', oldExplosion(explosion));
  },
};

const head: TagPair = {
  read: ({ item, tag, components }) => {
    const owner = item === 'minecraft:player_head' ? tag.get('SkullOwner') : undefined;
    if (owner?.type !== 'string' && owner?.type !== 'compound') return;
    tag.delete('SkullOwner');
    components.set('minecraft:profile', owner.type === 'string' ? nbt.compound({ name: owner }) : newProfile(owner));
  },
  write: ({ item, dataVersion, components, tag }) => {
    const profile = item === 'minecraft:player_head' ? components.get('minecraft:profile') : undefined;
    if (profile?.type !== 'string' && profile?.type !== 'compound') return;
    components.delete('minecraft:profile');
    tag.set('SkullOwner', profile.type === 'string' ? profile : oldProfile(profile, dataVersion));
  },
};

function newProfile(owner: NbtCompound): NbtCompound {
  const id = owner.value.get('Id');
  const properties: Nbt[] = [];
  for (const [name, entries] of nbt.getCompound(owner, 'Properties')?.value ?? []) {
    for (const entry of entries.type === 'list' ? entries.value : []) {
      if (entry.type !== 'compound') continue;
      properties.push(
        compoundOf({ name: nbt.text(name), value: entry.value.get('Value') ?? nbt.text(''), signature: entry.value.get('Signature') }),
      );
    }
  }
  const ints = id?.type === 'string' ? uuidToInts(id.value) : id?.type === 'intArray' ? id.value : null;
  return compoundOf({
    name: owner.value.get('Name'),
    id: ints === null ? null : nbt.intArray(ints),
    properties: properties.length === 0 ? null : nbt.list('compound', properties),
  });
}

function oldProfile(profile: NbtCompound, dataVersion: number): NbtCompound {
  const id = profile.value.get('id');
  const properties: Record<string, Nbt[]> = {};
  for (const property of nbt.getList(profile, 'properties') ?? []) {
    if (property.type !== 'compound') continue;
    const entry = compoundOf({ Value: property.value.get('value'), Signature: property.value.get('signature') });
    (properties[nbt.getText(property, 'name') ?? ''] ??= []).push(entry);
  }
  const lists = Object.entries(properties).map(([name, entries]) => [name, nbt.list('compound', entries)] as const);
  const ints = id?.type === 'intArray' ? id.value : null;
  return compoundOf({
    Id: ints === null ? null : dataVersion < UUID_IS_INTS_SINCE ? nbt.text(intsToUuid(ints)) : nbt.intArray(ints),
    Name: profile.value.get('name'),
    Properties: lists.length === 0 ? null : nbt.compound(Object.fromEntries(lists)),
  });
}

export const WRITINGS: readonly TagPair[] = [writable, written, rocket, star, head];
