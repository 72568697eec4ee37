import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { LogLine } from '../../../src-shared/contract/index.ts';
import { Check, CopyButton } from '../../design/index.ts';
import { useTopic, useUi } from '../../state/index.ts';
import { pickLanguage, texts, type Text } from '../../strings/index.ts';

/** The node's own words: event names and facts, for those who want to know. */
export function LogView(): ReactNode {
  const text = texts[useUi((ui) => pickLanguage(ui.language, navigator.languages))];
  const log = useTopic('log');
  const [warningsOnly, setWarningsOnly] = useState(false);
  const [follow, setFollow] = useState(true);
  const lines = (log ?? []).filter((line) => !warningsOnly || line.level === 'warn');
  return (
    <section className="section" aria-labelledby="log-title">
      <div className="row apart log-head">
        <div>
          <h1 id="log-title">{text.log.title}</h1>
          <p className="soft">{text.log.why}</p>
        </div>
        <div className="row">
          <Check label={text.log.warnings} checked={warningsOnly} onChange={setWarningsOnly} />
          <Check label={text.log.follow} checked={follow} onChange={setFollow} />
          <CopyButton text={lines.map(plain).join('\n')} label={text.log.copy} words={text.app} />
        </div>
      </div>
      <LogLines lines={lines} follow={follow} text={text} />
    </section>
  );
}

interface LogLinesProps {
  readonly lines: readonly LogLine[];
  readonly follow: boolean;
  readonly text: Text;
}

function LogLines({ lines, follow, text }: LogLinesProps): ReactNode {
  const end = useRef<HTMLDivElement>(null);
  const newest = lines.at(-1)?.sequence;
  useEffect(() => {
    if (follow && newest !== undefined) end.current?.scrollIntoView({ block: 'end' });
  }, [follow, newest]);
  if (lines.length === 0) return <p className="card empty soft">{text.log.empty}</p>;
  return (
    <div className="log card">
      <table aria-labelledby="log-title">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{text.log.columns.time}</th>
            <th scope="col">{text.log.columns.event}</th>
            <th scope="col">{text.log.columns.facts}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.sequence} className={line.level}>
              <td>{text.format.time(line.at)}</td>
              <td>{line.event}</td>
              <td>{factsOf(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div ref={end} />
    </div>
  );
}

function factsOf(line: LogLine): string {
  return Object.entries(line.facts)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

function plain(line: LogLine): string {
  return `${new Date(line.at).toISOString()} ${line.level} ${line.event} ${factsOf(line)}`;
}
