import { AppError } from '../../../../src-shared/errors/index.ts';
import { readNbt, writeNbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { equalBytes } from '../../../../src-shared/units/index.ts';
import type { ByteReader, ByteWriter } from '../../../../src-shared/wire/index.ts';

const UNNAMED = { name: null };

/** NBT inside our own formats, with its length: order of tags, types of empty lists and all values are kept. */
export function putNbt(writer: ByteWriter, tag: NbtCompound): void {
  writer.bytes(writeNbt(tag, UNNAMED));
}

export function takeNbt(reader: ByteReader): NbtCompound {
  const bytes = reader.view(reader.count(Number.MAX_SAFE_INTEGER));
  const root = parse(bytes, reader);
  // Two tags of one name, odd NaNs and long forms of text are NBT, but not its one form.
  if (!equalBytes(writeNbt(root, UNNAMED), bytes)) reader.fail('tags that are not in canonical form');
  return root;
}

function parse(bytes: Uint8Array, reader: ByteReader): NbtCompound {
  try {
    return readNbt(bytes, { named: false }).root;
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'nbt.malformed') reader.fail(`malformed tags (${String(fault.facts['reason'])})`);
    throw fault;
  }
}
