import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import prismarine from 'prismarine-nbt';
import { AppError } from '../../../src-shared/errors/index.ts';
import {
  differenceNbt,
  equalNbt,
  nbt,
  NbtNames,
  NbtSkim,
  readNbt,
  writeNbt,
  type Nbt,
  type NbtCompound,
} from '../../../src-shared/nbt/index.ts';
import { anyCompound, anyText } from './arbitrary.ts';

const names = new NbtNames();

function skimWhole(bytes: Uint8Array): number {
  const skim = new NbtSkim(bytes, names);
  skim.root();
  while (skim.next() !== null) skim.skip();
  return skim.at;
}

function malformed(action: () => unknown): AppError {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof AppError, String(error));
    assert.equal(error.code, 'nbt.malformed');
    assert.equal(typeof error.facts['offset'], 'number');
    return error;
  }
  return assert.fail('was accepted');
}

/** prismarine-nbt's tree in our form. It keeps longs as [high, low] and has no BigInt arrays. */
function fromPrismarine(tag: { type: string; value: any }): Nbt {
  const long = ([high, low]: [number, number]): bigint => BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));
  switch (tag.type) {
    case 'long':
      return nbt.long(long(tag.value));
    case 'byteArray':
      return { type: 'byteArray', value: Int8Array.from(tag.value) };
    case 'intArray':
      return nbt.intArray(Int32Array.from(tag.value));
    case 'longArray':
      return nbt.longArray(BigInt64Array.from(tag.value.map(long)));
    case 'list': {
      const of = tag.value.type;
      return { type: 'list', of, value: tag.value.value.map((value: unknown) => fromPrismarine({ type: of, value })) };
    }
    case 'compound': {
      const entries = Object.entries<any>(tag.value).map(([name, value]) => [name, fromPrismarine(value)] as const);
      return { type: 'compound', value: new Map(entries) };
    }
    default:
      return tag as Nbt;
  }
}

test('nbt 1: what was written reads back equal, and writes again with equal bytes', () => {
  fc.assert(
    fc.property(anyCompound, anyText, (root, name) => {
      const bytes = writeNbt(root, { name });
      const read = readNbt(bytes);
      assert.equal(read.name, name);
      assert.equal(read.length, bytes.length);
      assert.equal(differenceNbt(read.root, root), null);
      assert.deepEqual(writeNbt(read.root, { name }), bytes);
    }),
  );
});

test('nbt 1: a root without a name, at an offset, with bytes behind it', () => {
  const root = nbt.compound({ a: nbt.list('int', [nbt.int(1), nbt.int(-1)]) });
  const bytes = writeNbt(root, { name: null });
  const framed = Uint8Array.from([9, 9, ...bytes, 7]);
  const read = readNbt(framed, { offset: 2, named: false });
  assert.equal(read.length, bytes.length);
  assert.ok(equalNbt(read.root, root));
});

test('nbt 1: what was read from a Node buffer shares no memory with it', () => {
  const bytes = Buffer.from(writeNbt(nbt.compound({ a: { type: 'byteArray', value: Int8Array.of(1, -2, 3) } })));
  const { root } = readNbt(bytes);
  bytes.fill(0);
  assert.deepEqual(root.value.get('a'), { type: 'byteArray', value: Int8Array.of(1, -2, 3) });
});

test('nbt 1: NaN is written in the form of Java', () => {
  const bytes = writeNbt(nbt.compound({ f: nbt.float(Number.NaN), d: nbt.double(Number.NaN) }));
  const hex = Buffer.from(bytes).toString('hex');
  assert.equal(hex, '0a0000050001667fc00000060001647ff800000000000000');
  assert.deepEqual(writeNbt(readNbt(bytes).root), bytes);
});

test('nbt 2: NUL is two bytes, a surrogate pair six, a lone surrogate three', () => {
  const bytes = writeNbt(nbt.compound({ '': nbt.text('\0\ud83d\ude00\ud800é') }));
  assert.equal(Buffer.from(bytes).toString('hex'), '0a0000080000000dc080eda0bdedb880eda080c3a900');
  assert.equal(nbt.getText(readNbt(bytes).root, ''), '\0\ud83d\ude00\ud800é');
});

test('nbt: prismarine-nbt reads the same values', () => {
  const plain = fc.stringMatching(/^[a-zA-Z_:]{1,9}$/);
  const rename = (tag: Nbt, next: () => string): Nbt => {
    if (tag.type === 'list') return { ...tag, value: tag.value.map((value) => rename(value, next)) };
    if (tag.type === 'string') return nbt.text(next());
    if (tag.type !== 'compound') return tag;
    return { type: 'compound', value: new Map([...tag.value.values()].map((value) => [next(), rename(value, next)])) };
  };
  fc.assert(
    fc.property(anyCompound, fc.infiniteStream(plain), (any, words) => {
      const root = rename(any, () => words.next().value) as NbtCompound;
      const read = prismarine.parseUncompressed(Buffer.from(writeNbt(root)), 'big') as { type: string; value: any };
      assert.equal(differenceNbt(fromPrismarine(read), root), null);
    }),
  );
});

test('nbt 3 nbt.malformed: every cut is refused, by the tree and by the skim', () => {
  fc.assert(
    fc.property(anyCompound, (root) => {
      const bytes = writeNbt(root);
      for (let length = 0; length < bytes.length; length += 1 + (length >> 4)) {
        malformed(() => readNbt(bytes.subarray(0, length)));
        malformed(() => skimWhole(bytes.subarray(0, length)));
      }
    }),
    { numRuns: 40 },
  );
});

test('nbt 3, 5 nbt.malformed: damaged bytes are refused by both readers or by neither, quickly', () => {
  fc.assert(
    fc.property(anyCompound, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), (root, changes) => {
      const bytes = writeNbt(root);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      const outcome = (read: () => unknown): unknown => {
        try {
          return read();
        } catch (error) {
          assert.ok(error instanceof AppError && error.code === 'nbt.malformed', String(error));
          return 'malformed';
        }
      };
      const tree = outcome(() => readNbt(bytes).length);
      const skimmed = outcome(() => skimWhole(bytes));
      // The skim does not look into values: bad text is the one thing that only the tree sees.
      if (tree !== 'malformed') assert.equal(skimmed, tree);
    }),
    { numRuns: 2000 },
  );
});

test('nbt 3 nbt.malformed: lengths that lie allocate nothing', () => {
  const root = [0x0a, 0, 0];
  const huge = [0x7f, 0xff, 0xff, 0xff];
  for (const type of [7, 11, 12]) malformed(() => readNbt(Uint8Array.from([...root, type, 0, 0, ...huge, 0, 0])));
  for (const type of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) {
    malformed(() => readNbt(Uint8Array.from([...root, 9, 0, 0, type, ...huge, 0, 0])));
    malformed(() => skimWhole(Uint8Array.from([...root, 9, 0, 0, type, ...huge, 0, 0])));
  }
  malformed(() => readNbt(Uint8Array.from([...root, 9, 0, 0, 0, 0, 0, 0, 1, 0])));
  malformed(() => readNbt(Uint8Array.from([...root, 9, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 0])));
});

test('nbt 3 nbt.malformed: no more tags than the limit', () => {
  const bytes = writeNbt(nbt.compound({ many: { type: 'list', of: 'byte', value: Array.from({ length: 100 }, () => nbt.byte(0)) } }));
  assert.equal(readNbt(bytes, { tagsMax: 101 }).length, bytes.length);
  malformed(() => readNbt(bytes, { tagsMax: 100 }));
});

test('nbt 3 nbt.malformed: nesting of 512 is read, of 513 is not', () => {
  const nested = (depth: number): Uint8Array => {
    const open = Array.from({ length: depth - 1 }, () => [0x0a, 0, 0]).flat();
    return Uint8Array.from([0x0a, 0, 0, ...open, ...Array.from({ length: depth }, () => 0)]);
  };
  assert.equal(readNbt(nested(512)).length, nested(512).length);
  assert.equal(skimWhole(nested(512)), nested(512).length);
  malformed(() => readNbt(nested(513)));
  assert.throws(() => writeNbt(nestedTree(513)), RangeError);
});

function nestedTree(depth: number): NbtCompound {
  let tree = nbt.compound({});
  for (let i = 1; i < depth; i++) tree = nbt.compound({ '': tree });
  return tree;
}

test('nbt 3 nbt.malformed: a root of another type, unknown types, text that Java refuses', () => {
  const bad = [
    '090000',
    '0a00000d0000',
    '0a00000a00',
    '0a0000080000000100ff',
    '0a0000080000000180',
    '0a00000800000002c041',
    '0a00000800000004f09f9880',
  ];
  for (const hex of bad) malformed(() => readNbt(Buffer.from(hex + '00', 'hex')));
});

test('nbt 4: equality', () => {
  const one = (tag: Nbt): NbtCompound => nbt.compound({ a: tag });
  assert.ok(equalNbt(one(nbt.float(Number.NaN)), one(nbt.float(Number.NaN))));
  assert.equal(differenceNbt(one(nbt.double(0)), one(nbt.double(-0))), 'a');
  assert.equal(differenceNbt(one(nbt.int(1)), one(nbt.short(1))), 'a');
  assert.equal(differenceNbt(one({ type: 'list', of: 'int', value: [] }), one({ type: 'list', of: 'end', value: [] })), 'a');
  assert.equal(differenceNbt(one(nbt.list('int', [nbt.int(1), nbt.int(2)])), one(nbt.list('int', [nbt.int(1)]))), 'a[1]');
  assert.equal(differenceNbt(one(nbt.list('compound', [one(nbt.int(1))])), one(nbt.list('compound', [one(nbt.int(2))]))), 'a[0].a');
  assert.ok(equalNbt(nbt.compound({ a: nbt.int(1), b: nbt.int(2) }), nbt.compound({ b: nbt.int(2), a: nbt.int(1) })));
  assert.equal(differenceNbt(nbt.compound({ a: nbt.int(1) }), nbt.compound({ a: nbt.int(1), b: nbt.int(2) })), 'b');
});

test('nbt: a text that does not fit and a list of mixed types are bugs of the caller', () => {
  assert.throws(() => writeNbt(nbt.compound({ a: nbt.text('é'.repeat(32_768)) })), RangeError);
  assert.throws(() => writeNbt(nbt.compound({ a: nbt.list('int', [nbt.byte(1)]) })), RangeError);
});

test('nbt 5: the skim gives single values and steps over everything else', () => {
  const root = nbt.compound({
    x: nbt.int(-7),
    wrong: nbt.text('no number'),
    longs: nbt.longArray(BigInt64Array.of(1n, -2n)),
    list: nbt.list('compound', [
      nbt.compound({ id: nbt.text('a'), more: nbt.list('int', [nbt.int(4)]) }),
      nbt.compound({ id: nbt.text('b') }),
    ]),
    other: nbt.list('string', [nbt.text('p'), nbt.text('qq')]),
    whole: nbt.compound({ deep: nbt.list('list', [nbt.list('byte', [nbt.byte(1)])]) }),
  });
  const skim = new NbtSkim(writeNbt(root, { name: 'top' }), names);
  assert.equal(skim.root(), 'top');
  const seen: unknown[] = [];
  for (let name = skim.next(); name !== null; name = skim.next()) {
    if (name === 'x' || name === 'wrong') seen.push(skim.number());
    else if (name === 'longs') seen.push(skim.array('longArray'), Buffer.from(skim.bytes.subarray(skim.start, skim.at)).toString('hex'));
    else if (name === 'list') {
      for (let n = skim.list('compound'); n > 0; n--) {
        for (let inner = skim.next(); inner !== null; inner = skim.next()) {
          if (inner === 'id') seen.push(skim.text());
          else skim.skip();
        }
      }
    } else if (name === 'other') seen.push(skim.list('compound'));
    else seen.push(skim.value());
  }
  const whole = root.value.get('whole')!;
  assert.ok(equalNbt(seen.pop() as Nbt, whole));
  assert.deepEqual(seen, [-7, null, 2, '0000000000000001fffffffffffffffe', 'a', 'b', 0]);
  assert.equal(skim.at, skim.bytes.length);
});
