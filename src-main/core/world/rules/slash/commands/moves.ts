import { refuse, type Refusal, type Result } from '../../../../../../src-shared/errors/index.ts';
import type { BlockPos, Pose } from '../../../../../../src-shared/units/index.ts';
import type { Player } from '../../../model/player.ts';
import type { RuleContext, SlashRule } from '../../../model/rule.ts';
import { closeWindow } from '../../windows/settle.ts';
import { teleport } from '../../players/respawn.ts';
import { findPlayers, findTargets, poseOf, type Target } from '../selectors.ts';
import { answer, nameOf, slashRule } from '../slashRule.ts';
import { bad, ok, parseAngle, parseBlockPos, parsePlace } from '../values.ts';
import { ask } from './modes.ts';

type Execute = (context: RuleContext, player: Player, args: readonly string[]) => Refusal | null;

const USAGE = '<location>\n<destination>\n<targets> <location> [<rotation>]\n<targets> <destination>';

/** One word or three: the player goes. One more word in front: those go. */
const travel: Execute = (context, player, args) => {
  const [who, places] = args.length === 1 || args.length === 3 ? ['@s', args] : [args[0], args.slice(1)];
  const targets = findTargets(context, player, who);
  if (!targets.ok) return targets;
  if (places.length === 1) return travelToEntity(context, player, targets.value, places[0]);
  if (places.length !== 3 && places.length !== 5) return bad(args.join(' '));
  const place = parsePlace(places.slice(0, 3), player, true);
  if (!place.ok) return place;
  const turn = places.length === 5 ? parseRotation(places.slice(3), player) : ok(null);
  if (!turn.ok) return turn;
  for (const target of targets.value) send(context, target, { ...poseOf(target), ...place.value, ...turn.value });
  const { x, y, z } = place.value;
  const at = [x, y, z].map((value) => value.toFixed(6));
  if (targets.value.length === 1)
    answer(
      context,
      player,
      'commands.teleport.success.location.single',
      [nameOf(targets.value[0]!), ...at],
      `Teleported to ${at.join(', ')}`,
    );
  else
    answer(context, player, 'commands.teleport.success.location.multiple', [targets.value.length, ...at], `Teleported to ${at.join(', ')}`);
  return null;
};

function travelToEntity(context: RuleContext, player: Player, targets: readonly Target[], word: string | undefined): Refusal | null {
  const destination = findTargets(context, player, word);
  if (!destination.ok) return destination;
  if (destination.value.length > 1) return bad(word ?? '');
  const to = destination.value[0]!;
  for (const target of targets) send(context, target, { ...poseOf(to) });
  if (targets.length === 1)
    answer(context, player, 'commands.teleport.success.entity.single', [nameOf(targets[0]!), nameOf(to)], `Teleported to ${word}`);
  else answer(context, player, 'commands.teleport.success.entity.multiple', [targets.length, nameOf(to)], `Teleported to ${word}`);
  return null;
}

function parseRotation(words: readonly string[], { pose }: Player): Result<{ readonly yaw: number; readonly pitch: number }> {
  const yaw = parseAngle(words[0], pose.yaw);
  const pitch = parseAngle(words[1], pose.pitch);
  if (!yaw.ok) return yaw;
  if (!pitch.ok) return pitch;
  return ok({ yaw: yaw.value, pitch: Math.max(-90, Math.min(90, pitch.value)) });
}

function send(context: RuleContext, target: Target, pose: Pose): void {
  if (target.player === null) {
    context.emit({ type: 'entity', entity: { ...target.entity, pose, velocity: { x: 0, y: 0, z: 0 } } });
    return;
  }
  if (target.player.window !== null) closeWindow(context, target.player.uuid, target.player.pose);
  teleport(context, target.player, pose);
}

const tp = slashRule({ name: 'tp', operatorOnly: true, usage: USAGE, execute: travel });
const teleportRule = slashRule({ name: 'teleport', operatorOnly: true, usage: USAGE, execute: travel });

const spawnpoint = slashRule({
  name: 'spawnpoint',
  operatorOnly: true,
  usage: '[<players> [<pos> [<angle>]]]',
  execute: (context, player, args) => {
    const players = findPlayers(context, player, args[0] ?? '@s');
    if (!players.ok) return players;
    const place = parseSpawn(args.slice(1), player);
    if (!place.ok) return place;
    const { pos, angle } = place.value;
    for (const { uuid } of players.value) context.emit({ type: 'playerFields', uuid, fields: { spawn: { pos, angle } } });
    const at = [pos.x, pos.y, pos.z, angle, context.world.dimension];
    const one = players.value.length === 1;
    const whom = one ? nameOf({ player: players.value[0]!, entity: null }) : players.value.length;
    answer(
      context,
      player,
      `commands.spawnpoint.success.${one ? 'single' : 'multiple'}`,
      [...at, whom],
      `Set spawn point to ${at.join(' ')}`,
    );
    return null;
  },
});

const setworldspawn = slashRule({
  name: 'setworldspawn',
  operatorOnly: true,
  usage: '[<pos> [<angle>]]',
  execute: (context, player, args) => {
    if (context.world.dimension !== 'minecraft:overworld') return refuse('play.bad-argument', { dimension: context.world.dimension });
    const place = parseSpawn(args, player);
    if (!place.ok) return place;
    const { pos, angle } = place.value;
    ask(context, { type: 'worldSpawn', pos, angle });
    const at = [pos.x, pos.y, pos.z, angle];
    answer(context, player, 'commands.setworldspawn.success', at, `Set the world spawn point to ${at.join(' ')}`);
    return null;
  },
});

/** Where the player stands, or three words of position and one of angle. */
function parseSpawn(words: readonly string[], player: Player): Result<{ readonly pos: BlockPos; readonly angle: number }> {
  const pos = parseBlockPos(words.length === 0 ? ['~', '~', '~'] : words.slice(0, 3), player);
  if (!pos.ok) return pos;
  if (words.length > 4) return bad(words[4]!);
  const angle = words.length === 4 ? parseAngle(words[3], player.pose.yaw) : ok(0);
  return angle.ok ? ok({ pos: pos.value, angle: angle.value }) : angle;
}

export const MOVE_COMMANDS: readonly SlashRule[] = [tp, teleportRule, spawnpoint, setworldspawn];
