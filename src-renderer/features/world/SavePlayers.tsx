import { useState, type ReactNode } from 'react';
import type { WorldPlayer } from '../../../src-shared/contract/index.ts';
import { Button, Dialog, ProblemPanel, TextField } from '../../design/index.ts';
import { useAnswer, useRequest, useUi } from '../../state/index.ts';
import { describe, type Text } from '../../strings/index.ts';
import { dimensionName } from './OnlinePlayers.tsx';
import type { WorldPartProps } from './part.ts';

/** Players whose inventories the world keeps, and who plays as them. */
export function SavePlayers({ world, text, language }: WorldPartProps): ReactNode {
  const { name, state } = world;
  const [chosen, setChosen] = useState<WorldPlayer | null>(null);
  const answer = useAnswer(state === 'importing' ? null : `${name} ${state}`, (client) => client.players.ofWorld({ world: name }));
  const players = answer.value ?? [];
  return (
    <section className="card padded section" aria-labelledby="save-players">
      <h2 id="save-players">{text.world.savePlayers}</h2>
      <p className="soft">{players.length === 0 ? text.world.savePlayersNone : text.world.savePlayersWhy}</p>
      {answer.problem !== null && <ProblemPanel sentence={describe(language, answer.problem)} words={text.app} />}
      {players.length > 0 && <PlayerTable players={players} text={text} onChoose={setChosen} />}
      {chosen !== null && (
        <ClaimDialog player={chosen} world={world} text={text} language={language} onClose={() => setChosen(null)} onDone={answer.again} />
      )}
    </section>
  );
}

interface PlayerTableProps {
  readonly players: readonly WorldPlayer[];
  readonly text: Text;
  readonly onChoose: (player: WorldPlayer) => void;
}

function PlayerTable({ players, text, onChoose }: PlayerTableProps): ReactNode {
  const { columns } = text.world;
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{columns.player}</th>
            <th scope="col">{columns.place}</th>
            <th scope="col">{columns.claimed}</th>
            <th scope="col">
              <span className="visually-hidden">{columns.action}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {players.map((player) => (
            <tr key={player.uuid}>
              <td>
                <strong>{nameOf(player, text)}</strong>
                <br />
                <span className="soft small">{player.singlePlayer ? text.world.single : <code>{player.uuid.slice(0, 8)}</code>}</span>
              </td>
              <td>{dimensionName(player.dimension, text)}</td>
              <td>{player.claimedBy ?? <span className="soft">{text.world.nobodyClaimed}</span>}</td>
              <td className="last">
                <Button label={text.world.claimNamed(nameOf(player, text))} onPress={() => onChoose(player)}>
                  {text.world.claim}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ClaimDialogProps extends WorldPartProps {
  readonly player: WorldPlayer;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function ClaimDialog({ player, world, text, language, onClose, onDone }: ClaimDialogProps): ReactNode {
  const toast = useUi((ui) => ui.toast);
  const [by, setBy] = useState('');
  const claim = useRequest();
  const name = nameOf(player, text);
  const submit = (): void => {
    claim.run(
      (client) => client.players.claim({ world: world.name, player: player.uuid, as: by.trim() }),
      () => {
        toast(text.world.claimed(name, by.trim()));
        onDone();
        onClose();
      },
    );
  };
  return (
    <Dialog
      title={text.world.claimTitle(name)}
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button kind="main" submit busy={claim.pending} disabled={!/^\w{2,16}$/.test(by.trim())}>
            {text.world.claim}
          </Button>
        </>
      }
    >
      <p>{text.world.claimWhy}</p>
      <TextField label={text.world.claimLabel} value={by} onChange={setBy} maxLength={16} first />
      {claim.problem !== null && <ProblemPanel sentence={describe(language, claim.problem)} words={text.app} />}
    </Dialog>
  );
}

function nameOf(player: WorldPlayer, text: Text): string {
  return player.name ?? text.world.unnamed;
}
