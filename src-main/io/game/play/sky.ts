import type { CouncilView } from '../../../core/world/index.ts';
import type { ServerPackets } from '../wire/serverPackets.ts';

export type Weather = CouncilView['weather']['kind'];

/** What time it is and how the sky looks, at one tick of a dimension. */
export interface Sky {
  readonly tick: number;
  readonly dayTime: number;
  /** The day does not go on. */
  readonly frozen: boolean;
  readonly weather: Weather;
}

export function skyAt({ time, weather }: Pick<CouncilView, 'time' | 'weather'>, tick: number): Sky {
  return {
    tick,
    dayTime: time.frozen ?? tick + time.offset,
    frozen: time.frozen !== null,
    weather: tick < weather.untilTick ? weather.kind : 'clear',
  };
}

/** A negative time of day tells the client that it stands still; 0 can not be negative. */
export function timePacket({ tick, dayTime, frozen }: Sky): ServerPackets['update_time'] {
  const time = frozen ? -(dayTime === 0 ? 1 : dayTime) : dayTime;
  return { age: BigInt(Math.max(0, tick)), time: BigInt(Math.trunc(time)) };
}

/** Whether it rains, how much, and how dark the thunder is. */
export function skyPackets(weather: Weather): readonly ServerPackets['game_state_change'][] {
  const rain = weather === 'clear' ? 0 : 1;
  return [
    { reason: rain === 1 ? 'start_raining' : 'stop_raining', gameMode: 0 },
    { reason: 'rain_level_change', gameMode: rain },
    { reason: 'thunder_level_change', gameMode: weather === 'thunder' ? 1 : 0 },
  ];
}
