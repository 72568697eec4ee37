import { oc } from '@orpc/contract';
import { z } from 'zod';
import { NAME_CHARACTERS_MAX, PATH_CHARACTERS_MAX } from '../config/index.ts';
import { ERROR_CODES } from '../errors/index.ts';
import type { Uuid } from '../units/index.ts';

/** Building blocks of the contract. Everything is readonly, every object is strict, "none" is null and never a missing field. */
export const record = <S extends z.core.$ZodLooseShape>(shape: S) => z.strictObject(shape).readonly();
export const listOf = <T extends z.ZodType>(of: T) => z.array(of).readonly();

export const count = z.int().nonnegative();
/** Wall clock, milliseconds since 1970. */
export const wallMillis = z.number().nonnegative();
export const text = z.string().max(PATH_CHARACTERS_MAX);
export const path = z.string().min(1).max(PATH_CHARACTERS_MAX);
/** A world's name as people type it; the node refuses what it cannot keep with `world.bad-name`. */
export const worldName = z.string().min(1).max(NAME_CHARACTERS_MAX);
export const uuid = z.custom<Uuid>((value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value));
export const gameMode = z.enum(['survival', 'creative', 'adventure', 'spectator']);

export const facts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]))
  .readonly();
export const errorCode = z.enum(ERROR_CODES);
/** What went wrong, for people: `strings` has the sentence. */
export const problem = record({ code: errorCode, facts });

/**
 * A refusal or a fault of the node, as it travels: one typed error whose data is code and facts. Anything else that comes back is a
 * broken connection or a bug.
 */
export const procedure = oc.errors({ REFUSED: { status: 409, message: 'refused', data: problem } });
export const done = z.null();

export type Problem = z.infer<typeof problem>;
