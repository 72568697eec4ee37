import { refuse } from '../../../../../../src-shared/errors/index.ts';
import type { CouncilRequest } from '../../../model/effects.ts';
import type { GameMode, Player } from '../../../model/player.ts';
import type { RuleContext, SlashRule } from '../../../model/rule.ts';
import { settleAll } from '../../windows/settle.ts';
import { keyArgument, tell, textArgument, translated } from '../../players/texts.ts';
import { findPlayers } from '../selectors.ts';
import { answer, slashRule } from '../slashRule.ts';
import { bad } from '../values.ts';

const MODES: readonly GameMode[] = ['survival', 'creative', 'adventure', 'spectator'];

const gamemode = slashRule({
  name: 'gamemode',
  operatorOnly: true,
  usage: '<gamemode> [<players>]',
  execute: (context, player, [word, who = '@s', ...more]) => {
    const mode = MODES.find((name) => name === word);
    if (mode === undefined || more.length > 0) return bad(word ?? '');
    const players = findPlayers(context, player, who);
    if (!players.ok) return players;
    for (const target of players.value) if (target.gameMode !== mode) setGameMode(context, player, target, mode);
    return null;
  },
});

function setGameMode(context: RuleContext, by: Player, target: Player, mode: GameMode): void {
  if (mode === 'spectator') settleAll(context, target.uuid, target.pose);
  const flying = mode === 'spectator' || (mode === 'creative' && target.flying);
  context.emit({ type: 'playerFields', uuid: target.uuid, fields: { gameMode: mode, flying, using: null, digging: null } });
  const name = keyArgument(`gameMode.${mode}`);
  if (target.uuid === by.uuid) {
    answer(context, by, 'commands.gamemode.success.self', [name], `Set own game mode to ${mode}`);
    return;
  }
  answer(context, by, 'commands.gamemode.success.other', [textArgument(target.name), name], `Set ${target.name}'s game mode to ${mode}`);
  if (context.council.gameRules.get('sendCommandFeedback') !== 'false')
    tell(context, target.uuid, translated('gameMode.changed', [name], `Your game mode has been updated to ${mode}`));
}

const DIFFICULTIES = ['peaceful', 'easy', 'normal', 'hard'] as const;

const difficulty = slashRule({
  name: 'difficulty',
  operatorOnly: true,
  usage: '[(peaceful|easy|normal|hard)]',
  execute: (context, player, [word, ...more]) => {
    const present = context.council.difficulty;
    if (word === undefined) {
      answer(context, player, 'commands.difficulty.query', [keyArgument(`options.difficulty.${present}`)], `The difficulty is ${present}`);
      return null;
    }
    const wanted = DIFFICULTIES.find((name) => name === word);
    if (wanted === undefined || more.length > 0 || wanted === present) return bad(word);
    ask(context, { type: 'difficulty', difficulty: wanted });
    const name = keyArgument(`options.difficulty.${wanted}`);
    answer(context, player, 'commands.difficulty.success', [name], `The difficulty has been set to ${wanted}`);
    return null;
  },
});

/** The council decides; it comes back in its view. */
export function ask(context: RuleContext, request: CouncilRequest): void {
  context.emit({ type: 'council', request });
}

/** Vanilla's game rules of 1.21.1 and the kind of their value. Source: https://minecraft.wiki/w/Game_rule */
const SWITCHES = [
  'announceAdvancements',
  'blockExplosionDropDecay',
  'commandBlockOutput',
  'disableElytraMovementCheck',
  'disableRaids',
  'doDaylightCycle',
  'doEntityDrops',
  'doFireTick',
  'doImmediateRespawn',
  'doInsomnia',
  'doLimitedCrafting',
  'doMobLoot',
  'doMobSpawning',
  'doPatrolSpawning',
  'doTileDrops',
  'doTraderSpawning',
  'doVinesSpread',
  'doWardenSpawning',
  'doWeatherCycle',
  'drowningDamage',
  'enderPearlsVanishOnDeath',
  'fallDamage',
  'fireDamage',
  'forgiveDeadPlayers',
  'freezeDamage',
  'globalSoundEvents',
  'keepInventory',
  'lavaSourceConversion',
  'logAdminCommands',
  'mobExplosionDropDecay',
  'mobGriefing',
  'naturalRegeneration',
  'projectilesCanBreakBlocks',
  'pvp',
  'reducedDebugInfo',
  'sendCommandFeedback',
  'showDeathMessages',
  'spectatorsGenerateChunks',
  'tntExplosionDropDecay',
  'universalAnger',
  'waterSourceConversion',
] as const;
const NUMBERS = [
  'commandModificationBlockLimit',
  'maxCommandChainLength',
  'maxCommandForkCount',
  'maxEntityCramming',
  'minecartMaxSpeed',
  'playersNetherPortalCreativeDelay',
  'playersNetherPortalDefaultDelay',
  'playersSleepingPercentage',
  'randomTickSpeed',
  'snowAccumulationHeight',
  'spawnChunkRadius',
  'spawnRadius',
] as const;

const gamerule = slashRule({
  name: 'gamerule',
  operatorOnly: true,
  usage: `(${SWITCHES.join('|')}) [(true|false)]\n(${NUMBERS.join('|')}) [<value>]`,
  execute: (context, player, [rule, value, ...more]) => {
    const isSwitch = SWITCHES.some((name) => name === rule);
    if (rule === undefined || more.length > 0 || (!isSwitch && !NUMBERS.some((name) => name === rule))) return bad(rule ?? '');
    if (value === undefined) {
      const present = context.council.gameRules.get(rule);
      if (present === undefined) return refuse('play.target-not-found', { rule });
      answer(context, player, 'commands.gamerule.query', [rule, present], `Gamerule ${rule} is currently set to: ${present}`);
      return null;
    }
    const fits = isSwitch ? value === 'true' || value === 'false' : /^-?\d{1,9}$/.test(value);
    if (!fits) return bad(value);
    ask(context, { type: 'gameRule', rule, value });
    answer(context, player, 'commands.gamerule.set', [rule, value], `Gamerule ${rule} is now set to: ${value}`);
    return null;
  },
});

export const MODE_COMMANDS: readonly SlashRule[] = [gamemode, difficulty, gamerule];
