import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import nbt from 'prismarine-nbt';
import type { ReadChunk } from './independentReader.ts';

export interface ChestItem {
  readonly slot: number;
  readonly id: string;
  readonly count: number;
}

/**
 * The real saves hold only chests whose loot vanilla has not rolled yet. Fills one of them in a copy, in the form of 1.19, by
 * prismarine-nbt: the chunk is written to the end of the region file, as vanilla does when a chunk has grown.
 */
export async function plantChest(
  folder: string,
  file: string,
  chunk: ReadChunk,
  at: { readonly x: number; readonly y: number; readonly z: number },
  items: readonly ChestItem[],
): Promise<void> {
  const path = join(folder, file);
  const bytes = readFileSync(path);
  const index = (chunk.x & 31) + (chunk.z & 31) * 32;
  const sector = bytes.readUIntBE(index * 4, 3);
  const length = bytes.readUInt32BE(sector * 4096);
  const { parsed } = await nbt.parse(inflateSync(bytes.subarray(sector * 4096 + 5, sector * 4096 + 4 + length)), 'big');
  const root = parsed as any;
  const chest = root.value.block_entities.value.value.find(
    (entity: any) => entity.x.value === at.x && entity.y.value === at.y && entity.z.value === at.z,
  );
  delete chest.LootTable;
  delete chest.LootTableSeed;
  chest.Items = {
    type: 'list',
    value: {
      type: 'compound',
      value: items.map(({ slot, id, count }) => ({
        Slot: { type: 'byte', value: slot },
        id: { type: 'string', value: id },
        Count: { type: 'byte', value: count },
      })),
    },
  };
  const body = deflateSync(nbt.writeUncompressed(root, 'big'));
  const sectors = Math.ceil((body.length + 5) / 4096);
  const record = Buffer.alloc(sectors * 4096);
  record.writeUInt32BE(body.length + 1, 0);
  record[4] = 2;
  body.copy(record, 5);
  const start = Math.ceil(bytes.length / 4096);
  const grown = Buffer.concat([bytes, Buffer.alloc(start * 4096 - bytes.length), record]);
  grown.writeUIntBE(start, index * 4, 3);
  grown[index * 4 + 3] = sectors;
  writeFileSync(path, grown);
}
