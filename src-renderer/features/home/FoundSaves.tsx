import { useEffect, type ReactNode } from 'react';
import type { FoundSave } from '../../../src-shared/contract/index.ts';
import { Badge, Button, Horizon, ProblemPanel } from '../../design/index.ts';
import { formatRoute, useMirror, useNow, usePage, useUi } from '../../state/index.ts';
import { describe, type Language, type Text } from '../../strings/index.ts';

/** Saves in the launchers' folders, newest played first, each one press away from being shared. */
export function FoundSaves({ language, text }: { readonly language: Language; readonly text: Text }): ReactNode {
  const { mirror } = usePage();
  const saves = useMirror((state) => state.saves);
  const problem = useMirror((state) => state.savesProblem);
  const looking = useMirror((state) => state.lookingForSaves);
  const open = useMirror((state) => state.line.state === 'open');
  useEffect(() => {
    if (open) void mirror.lookForSaves();
  }, [mirror, open]);
  return (
    <section className="section" aria-labelledby="found-saves">
      <div className="row apart">
        <div>
          <h2 id="found-saves">{text.home.foundTitle}</h2>
          <p className="soft">{text.home.foundWhy}</p>
        </div>
        <Button kind="quiet" icon="refresh" busy={looking} onPress={() => void mirror.lookForSaves()}>
          {text.home.lookAgain}
        </Button>
      </div>
      {problem !== null && <ProblemPanel sentence={describe(language, problem)} words={text.app} />}
      {saves === null ? problem === null && <p className="soft">{text.home.looking}</p> : <SaveList saves={saves} text={text} />}
      <p>
        <a href={formatRoute({ view: 'share', path: null })}>{text.home.foundElse}</a>
      </p>
    </section>
  );
}

function SaveList({ saves, text }: { readonly saves: readonly FoundSave[]; readonly text: Text }): ReactNode {
  if (saves.length === 0) return <p className="card empty soft">{text.home.foundNone}</p>;
  const { columns } = text.home;
  return (
    <div className="card table-frame">
      <table className="table saves">
        <thead>
          <tr>
            <th scope="col">{columns.world}</th>
            <th scope="col">{columns.version}</th>
            <th scope="col">{columns.size}</th>
            <th scope="col">{columns.played}</th>
            <th scope="col" className="last">
              <span className="visually-hidden">{columns.action}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {saves.map((save) => (
            <SaveRow key={save.path} save={save} text={text} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SaveRow({ save, text }: { readonly save: FoundSave; readonly text: Text }): ReactNode {
  const go = useUi((ui) => ui.go);
  const now = useNow(60_000);
  const size = text.format.bytes(save.bytes);
  return (
    <tr>
      <th scope="row">
        <SaveName save={save} text={text} />
      </th>
      <td className="number">{save.version ?? text.home.unknownVersion}</td>
      <td className="number">{save.bytesExact ? size : text.home.atLeast(size)}</td>
      <td className="number">{save.lastPlayed === null ? text.home.neverPlayed : text.format.ago(save.lastPlayed, now)}</td>
      <td className="last">
        <Button label={text.home.shareNamed(save.name)} onPress={() => go({ view: 'share', path: save.path })}>
          {text.home.shareOne}
        </Button>
      </td>
    </tr>
  );
}

function SaveName({ save, text }: { readonly save: FoundSave; readonly text: Text }): ReactNode {
  const launcher = text.home.launchers[save.launcher];
  return (
    <div className="save-name">
      <span className="save-picture">
        {save.icon === null ? <Horizon name={save.path} day /> : <img src={`data:image/png;base64,${save.icon}`} alt="" />}
      </span>
      <span className="save-words">
        <strong className="clip" title={save.path}>
          {save.name}
        </strong>
        <span className="soft small clip">{save.instance === null ? launcher : `${launcher} · ${save.instance}`}</span>
        {save.inUse && <Badge tone="warm">{text.home.openNow}</Badge>}
      </span>
    </div>
  );
}
