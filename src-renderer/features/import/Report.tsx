import type { ReactNode } from 'react';
import type { WorldImportReport } from '../../../src-shared/contract/index.ts';
import { CopyButton } from '../../design/index.ts';
import type { Language, Text } from '../../strings/index.ts';
import { ProblemList } from './ProblemList.tsx';

interface ReportProps {
  readonly report: WorldImportReport;
  readonly text: Text;
  readonly language: Language;
}

/** What came along, to the last chunk, as the node counted it. */
export function Report({ report, text, language }: ReportProps): ReactNode {
  const { reportRows } = text.import;
  const rows: readonly (readonly [label: string, value: string])[] = [
    [reportRows.chunks, text.format.number(report.chunks)],
    [reportRows.entities, text.format.number(report.entities)],
    [reportRows.players, text.format.number(report.players)],
    [reportRows.files, text.format.number(report.files)],
    [reportRows.translated, text.format.number(report.translated)],
    [reportRows.skipped, text.format.number(report.skipped.length)],
    [reportRows.time, text.format.duration(report.millis)],
  ];
  return (
    <section className="card padded section" aria-labelledby="report">
      <div className="row apart">
        <h2 id="report">{text.import.report}</h2>
        <CopyButton text={JSON.stringify(report, null, 2)} label={text.import.copyReport} words={text.app} />
      </div>
      <dl className="facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {report.skipped.length > 0 && <ProblemList problems={report.skipped} text={text} language={language} />}
    </section>
  );
}
