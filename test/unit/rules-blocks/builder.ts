import assert from 'node:assert/strict';
import type { Face } from '../../../src-main/core/world/index.ts';
import type { Pose } from '../../../src-shared/units/index.ts';
import { ANNA, FLOOR, item, pos, Stage } from './stage.ts';

export const Y = FLOOR + 1;
export const SOUTH = 0;
export const WEST = 90;
export const NORTH = 180;
export const EAST = 270;

export function builder(): Stage {
  const stage = new Stage();
  stage.join(ANNA, 'creative', look(SOUTH));
  return stage;
}

/** Standing in the middle, some blocks up so that nothing is obstructed. */
export function look(yaw: number, pitch = 40): Pose {
  return { x: 8.5, y: Y + 1, z: 8.5, yaw, pitch };
}

export function put(stage: Stage, name: string, x: number, z: number, yaw: number, face: Face = 'up', y = FLOOR): string | null {
  stage.hold(ANNA, item(name, 8));
  return stage.use(ANNA, pos(x, y, z), face, { pose: look(yaw) });
}

export function is(stage: Stage, x: number, z: number, wanted: Readonly<Record<string, string>>, y = Y): void {
  const at = stage.at(x, y, z);
  for (const [property, value] of Object.entries(wanted))
    assert.equal(stage.property(pos(x, y, z), property), value, `${property} of ${at}`);
}
