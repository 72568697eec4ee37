import type { ReactNode } from 'react';
import type { OnlinePlayer } from '../../../src-shared/contract/index.ts';
import { Icon } from '../../design/index.ts';
import { useTopic } from '../../state/index.ts';
import type { Text } from '../../strings/index.ts';
import type { WorldPartProps } from './part.ts';

export function OnlinePlayers({ text }: WorldPartProps): ReactNode {
  const players = useTopic('players') ?? [];
  return (
    <section className="card padded section" aria-labelledby="playing">
      <h2 id="playing">{text.world.playing}</h2>
      {players.length === 0 ? (
        <p className="soft">{text.world.nobody}</p>
      ) : (
        <ul className="people">
          {players.map((player) => (
            <li key={player.uuid}>
              <Icon name="person" />
              <strong>{player.name}</strong>
              <span className="soft">{placeOf(player, text)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function placeOf({ dimension, position }: OnlinePlayer, text: Text): string {
  return text.world.where(dimensionName(dimension, text), Math.floor(position.x), Math.floor(position.y), Math.floor(position.z));
}

/** Minecraft's three by their names; others as the data pack calls them. */
export function dimensionName(dimension: string, text: Text): string {
  const known: Readonly<Record<string, string>> = text.world.dimensions;
  return known[dimension.replace(/^minecraft:/, '')] ?? dimension;
}
