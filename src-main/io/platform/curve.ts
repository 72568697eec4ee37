/**
 * The curve of Ed25519 (RFC 8032) as far as strict checks need it: which encodings are canonical, which points are of small or mixed
 * order. Plain BigInt, about 5 ms a key: callers remember the answer. Nothing here is secret, so nothing needs constant time.
 */
const P = 2n ** 255n - 19n;
/** -121665 / 121666 */
const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
/** 2^((p - 1) / 4) */
const SQRT_MINUS_ONE = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n;
const LOW_255_BITS = 2n ** 255n - 1n;

/** Order of the prime subgroup. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Extended homogeneous coordinates: x = X/Z, y = Y/Z, x * y = T/Z. */
interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly t: bigint;
}

const IDENTITY: Point = { x: 0n, y: 1n, z: 1n, t: 0n };

const Y_OF_ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
/** y of the eight points of small order: order 4 (two points), the identity, order 2, order 8 (four points). */
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([0n, 1n, P - 1n, Y_OF_ORDER_8, P - Y_OF_ORDER_8]);

/** True for the canonical encoding of a point of the prime subgroup other than the identity: what an honest key generator makes. */
export function isStrictPublicKey(bytes: Uint8Array): boolean {
  const point = bytes.length === 32 ? decode(bytes) : null;
  return point !== null && !isIdentity(point) && isIdentity(multiply(ORDER, point));
}

/** True when S, 32 bytes little-endian, is below the order of the group: otherwise S + L would be a second signature of the same message. */
export function isCanonicalScalar(bytes: Uint8Array): boolean {
  // Bytes 16 to 30 of L are zero and byte 31 is 0x10, so nearly every S is decided by its last byte.
  const last = bytes[31]!;
  if (last < 0x10) return true;
  return last === 0x10 && littleEndian(bytes) < ORDER;
}

/** True when R's y is below p and R is not of small order. Whether R lies on the curve at all is decided by the verifier's comparison. */
export function isStrictCommitment(bytes: Uint8Array): boolean {
  // All nine encodings to refuse end in 0x7f, 0x7a, 0x05 or 0x00 (sign bit aside).
  const last = bytes[31]! & 0x7f;
  if (last !== 0x7f && last !== 0x7a && last !== 0x05 && last !== 0x00) return true;
  const y = littleEndian(bytes) & LOW_255_BITS;
  return y < P && !SMALL_ORDER_Y.has(y);
}

/** null when the encoding is not canonical or not on the curve. */
function decode(bytes: Uint8Array): Point | null {
  const encoded = littleEndian(bytes);
  const y = encoded & LOW_255_BITS;
  const negative = encoded >> 255n === 1n;
  if (y >= P) return null;
  const x = recoverX(y);
  if (x === null || (x === 0n && negative)) return null;
  const signed = (x & 1n) === (negative ? 1n : 0n) ? x : P - x;
  return { x: signed, y, z: 1n, t: mod(signed * y) };
}

/** A root of x^2 = (y^2 - 1) / (d y^2 + 1), RFC 8032 section 5.1.3; null when there is none. */
function recoverX(y: bigint): bigint | null {
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  const v3 = mod(v * v * v);
  const root = mod(u * v3 * power(mod(u * v3 * v3 * v), (P - 5n) / 8n));
  const check = mod(v * root * root);
  if (check === u) return root;
  return check === mod(-u) ? mod(root * SQRT_MINUS_ONE) : null;
}

/** Complete addition, RFC 8032 section 5.1.4: right for every pair of points. */
function add(p: Point, q: Point): Point {
  const a = mod((p.y - p.x) * (q.y - q.x));
  const b = mod((p.y + p.x) * (q.y + q.x));
  const c = mod(2n * D * p.t * q.t);
  const d = mod(2n * p.z * q.z);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}

function multiply(scalar: bigint, point: Point): Point {
  let sum = IDENTITY;
  for (let rest = scalar, double = point; rest > 0n; rest >>= 1n, double = add(double, double)) {
    if ((rest & 1n) === 1n) sum = add(sum, double);
  }
  return sum;
}

function isIdentity(point: Point): boolean {
  return point.x === 0n && point.y === point.z;
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return value;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let rest = exponent, square = base; rest > 0n; rest >>= 1n, square = mod(square * square)) {
    if ((rest & 1n) === 1n) result = mod(result * square);
  }
  return result;
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}
