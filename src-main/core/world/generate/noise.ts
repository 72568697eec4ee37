/**
 * Randomness by position: the same numbers on every machine, in whatever order they are asked for. Only 32-bit integer arithmetic and
 * + - * / of doubles, which IEEE 754 makes exact everywhere.
 */

/** Bijective mixer of 32 bits. Source: "lowbias32", https://nullprogram.com/blog/2018/07/31/ */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** A stream of randomness for one purpose of one world. */
export function saltedSeed(seed: bigint, salt: number): number {
  const low = Number(BigInt.asIntN(32, seed));
  const high = Number(BigInt.asIntN(32, seed >> 32n));
  return mix(mix(mix(low) ^ high) + Math.imul(salt, 0x9e3779b1));
}

/** Unsigned 32 bits. */
export function hash2(seed: number, x: number, z: number): number {
  return mix(mix(seed ^ Math.imul(x, 0x9e3779b1)) + Math.imul(z, 0x85ebca77)) >>> 0;
}

/** Unsigned 32 bits. */
export function hash3(seed: number, x: number, y: number, z: number): number {
  return mix(mix(mix(seed ^ Math.imul(x, 0x9e3779b1)) + Math.imul(z, 0x85ebca77)) ^ Math.imul(y, 0xc2b2ae3d)) >>> 0;
}

/** 0 <= result < 1. */
export function fraction(hash: number): number {
  return hash / 0x1_0000_0000;
}

/** Gradient noise in the plane, about -1..1, 0 at whole coordinates. */
export function noise2(seed: number, x: number, z: number): number {
  const x0 = Math.floor(x);
  const z0 = Math.floor(z);
  const fx = x - x0;
  const fz = z - z0;
  const u = smooth(fx);
  const near = lerp(slope2(hash2(seed, x0, z0), fx, fz), slope2(hash2(seed, x0 + 1, z0), fx - 1, fz), u);
  const far = lerp(slope2(hash2(seed, x0, z0 + 1), fx, fz - 1), slope2(hash2(seed, x0 + 1, z0 + 1), fx - 1, fz - 1), u);
  return lerp(near, far, smooth(fz)) * 1.5;
}

/** Octaves of `noise2`, each twice as fine and half as strong. About -1..1. */
export function fractal2(seed: number, x: number, z: number, octaves: number): number {
  let sum = 0;
  let weight = 1;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    const scale = 1 << octave;
    sum += weight * noise2(seed + octave, x * scale, z * scale);
    total += weight;
    weight /= 2;
  }
  return sum / total;
}

/** Gradient noise in space, about -1..1. */
export function noise3(seed: number, x: number, y: number, z: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const z0 = Math.floor(z);
  const fx = x - x0;
  const fy = y - y0;
  const fz = z - z0;
  const u = smooth(fx);
  const w = smooth(fz);
  const layer = (dy: number): number => {
    const corner = (dx: number, dz: number): number => slope3(hash3(seed, x0 + dx, y0 + dy, z0 + dz), fx - dx, fy - dy, fz - dz);
    return lerp(lerp(corner(0, 0), corner(1, 0), u), lerp(corner(0, 1), corner(1, 1), u), w);
  };
  return lerp(layer(0), layer(1), smooth(fy)) * 1.2;
}

export function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

export function clamp(value: number, min: number, max: number): number {
  return value < min ? min : value > max ? max : value;
}

/** 0..1 to 0..1 with level ends. */
export function smooth(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

function slope2(hash: number, x: number, z: number): number {
  const a = (hash & 1) === 0 ? x : -x;
  const b = (hash & 2) === 0 ? z : -z;
  return (hash & 4) === 0 ? a + b / 2 : a / 2 + b;
}

function slope3(hash: number, x: number, y: number, z: number): number {
  const a = (hash & 1) === 0 ? 1 : -1;
  const b = (hash & 2) === 0 ? 1 : -1;
  switch ((hash >>> 2) % 3) {
    case 0:
      return a * x + b * y;
    case 1:
      return a * x + b * z;
    default:
      return a * y + b * z;
  }
}
