import { refuse, type Refusal } from '../../../../../../src-shared/errors/index.ts';
import type { Player } from '../../../model/player.ts';
import type { RuleContext, SlashRule } from '../../../model/rule.ts';
import { tell, textArgument, translated } from '../../players/texts.ts';
import { findPlayers } from '../selectors.ts';
import { answer, reply, slashRule } from '../slashRule.ts';
import { bad } from '../values.ts';
import { ask } from './modes.ts';

const ITALIC_GRAY = 'gray';

const list = slashRule({
  name: 'list',
  operatorOnly: false,
  usage: '[uuids]',
  execute: (context, player, [word, ...more]) => {
    if ((word !== undefined && word !== 'uuids') || more.length > 0) return bad(word ?? '');
    const online = [...context.world.players()].filter((each) => each.online).sort((a, b) => (a.name < b.name ? -1 : 1));
    const names = online.map(({ name, uuid }) => (word === undefined ? name : `${name} (${uuid})`)).join(', ');
    const count = String(online.length);
    const plain = `There are ${count} players online: ${names}`;
    reply(context, player, translated('commands.list.players', [count, MOST_PLAYERS, textArgument(names)], plain));
    return null;
  },
});

/** A pool has no fixed number of places. */
const MOST_PLAYERS = '∞';

/** Makes or unmakes operators; by name, of players that this world knows, online or not. */
function operatorRule(name: 'op' | 'deop'): SlashRule {
  const grant = name === 'op';
  return slashRule({
    name,
    operatorOnly: true,
    usage: '<player>',
    execute: (context, player, [word, ...more]) => {
      if (word === undefined || more.length > 0) return bad(word ?? '');
      const found = [...context.world.players()].find((each) => each.name.toLowerCase() === word.toLowerCase());
      if (found === undefined) return refuse('play.target-not-found', { name: word });
      if (context.council.operators.has(found.uuid) === grant) return refuse('play.bad-argument', { name: word });
      ask(context, { type: 'operator', player: found.uuid, name: found.name, grant });
      const plain = grant ? `Made ${found.name} a server operator` : `Made ${found.name} no longer a server operator`;
      answer(context, player, `commands.${name}.success`, [textArgument(found.name)], plain);
      return null;
    },
  });
}

const help = slashRule({
  name: 'help',
  operatorOnly: false,
  usage: '[<command>]',
  execute: (context, player, [word]) => {
    const mayGive = (rule: SlashRule): boolean => !rule.operatorOnly || context.council.operators.has(player.uuid);
    const rules = [...context.rules.slash.values()].filter((rule) => mayGive(rule) && (word === undefined || rule.name === word));
    if (rules.length === 0) return refuse('play.unknown-command', { command: word ?? '' });
    for (const { name, usage } of rules.sort((a, b) => (a.name < b.name ? -1 : 1)))
      for (const form of usage.split('\n')) reply(context, player, plainText(`/${name} ${form}`.trim()));
    return null;
  },
});

function plainText(plain: string): { readonly key: null; readonly args: readonly string[]; readonly plain: string; readonly color: null } {
  return { key: null, args: [], plain, color: null };
}

const seed = slashRule({
  name: 'seed',
  operatorOnly: true,
  usage: '',
  execute: (context, player) => {
    const text = String(context.council.seed);
    reply(context, player, translated('commands.seed.success', [text], `Seed: [${text}]`));
    return null;
  },
});

/** A message to everybody with its sender, by vanilla's key. */
function announce(
  name: string,
  key: string,
  operatorOnly: boolean,
  argument: string,
  format: (by: string, text: string) => string,
): SlashRule {
  return slashRule({
    name,
    operatorOnly,
    usage: `<${argument}>`,
    execute: (context, player, args) => {
      const text = args.join(' ');
      if (text === '') return bad('');
      tell(context, null, translated(key, [textArgument(player.name), textArgument(text)], format(player.name, text)));
      return null;
    },
  });
}

function whisper(context: RuleContext, player: Player, args: readonly string[]): Refusal | null {
  const [who, ...words] = args;
  const text = words.join(' ');
  if (text === '') return bad('');
  const players = findPlayers(context, player, who);
  if (!players.ok) return players;
  for (const { uuid, name } of players.value) {
    const to = [textArgument(name), textArgument(text)];
    const from = [textArgument(player.name), textArgument(text)];
    reply(context, player, translated('commands.message.display.outgoing', to, `You whisper to ${name}: ${text}`, ITALIC_GRAY));
    tell(context, uuid, translated('commands.message.display.incoming', from, `${player.name} whispers to you: ${text}`, ITALIC_GRAY));
  }
  return null;
}

const WHISPERS = ['tell', 'msg', 'w'].map((name) =>
  slashRule({ name, operatorOnly: false, usage: '<players> <message>', execute: whisper }),
);

export const PEOPLE_COMMANDS: readonly SlashRule[] = [
  list,
  operatorRule('op'),
  operatorRule('deop'),
  help,
  seed,
  announce('say', 'chat.type.announcement', true, 'message', (by, text) => `[${by}] ${text}`),
  announce('me', 'chat.type.emote', false, 'action', (by, text) => `* ${by} ${text}`),
  ...WHISPERS,
];
