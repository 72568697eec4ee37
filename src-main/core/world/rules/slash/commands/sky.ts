import type { SlashRule } from '../../../model/rule.ts';
import type { CouncilView } from '../../../model/state.ts';
import { answer, slashRule } from '../slashRule.ts';
import { bad, ok, parseTime } from '../values.ts';
import { ask } from './modes.ts';

const DAY = 24_000;
const TIMES: Readonly<Record<string, number>> = { day: 1000, noon: 6000, night: 13_000, midnight: 18_000 };

/** Ticks since the world's first dawn, as players see it. */
export function dayTimeOf({ time }: Pick<CouncilView, 'time'>, tick: number): number {
  return time.frozen ?? time.offset + tick;
}

const time = slashRule({
  name: 'time',
  operatorOnly: true,
  usage: 'set (day|midnight|night|noon)\nset <time>\nadd <time>\nquery (day|daytime|gametime)',
  execute: (context, player, [verb, word, ...more]) => {
    if (word === undefined || more.length > 0) return bad(verb ?? '');
    const now = dayTimeOf(context.council, context.world.tick);
    if (verb === 'query') {
      const values: Readonly<Record<string, number>> = {
        daytime: now % DAY,
        gametime: context.world.tick,
        day: Math.floor(now / DAY) % 0x7fff_ffff,
      };
      const value = values[word];
      if (value === undefined) return bad(word);
      answer(context, player, 'commands.time.query', [value], `The time is ${value}`);
      return null;
    }
    if (verb !== 'set' && verb !== 'add') return bad(verb ?? '');
    const named = verb === 'set' ? TIMES[word] : undefined;
    const ticks = named === undefined ? parseTime(word) : ok(named);
    if (!ticks.ok) return ticks;
    const dayTime = verb === 'set' ? ticks.value : now + ticks.value;
    ask(context, { type: 'time', dayTime });
    answer(context, player, 'commands.time.set', [dayTime % DAY], `Set the time to ${dayTime % DAY}`);
    return null;
  },
});

/** Ticks of weather when nobody says how long: the middle of vanilla's ranges. */
const USUAL: Readonly<Record<'clear' | 'rain' | 'thunder', number>> = { clear: 96_000, rain: 18_000, thunder: 9600 };

const weather = slashRule({
  name: 'weather',
  operatorOnly: true,
  usage: '(clear|rain|thunder) [<duration>]',
  execute: (context, player, [word, duration, ...more]) => {
    if ((word !== 'clear' && word !== 'rain' && word !== 'thunder') || more.length > 0) return bad(word ?? '');
    const ticks = duration === undefined ? ok(USUAL[word]) : parseTime(duration);
    if (!ticks.ok) return ticks;
    if (ticks.value < 1) return bad(duration ?? '');
    ask(context, { type: 'weather', weather: word, ticks: ticks.value });
    answer(context, player, `commands.weather.set.${word}`, [], `Set the weather to ${word}`);
    return null;
  },
});

export const SKY_COMMANDS: readonly SlashRule[] = [time, weather];
