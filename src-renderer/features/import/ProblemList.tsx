import type { ReactNode } from 'react';
import type { WorldImportProblem } from '../../../src-shared/contract/index.ts';
import { describe, type Language, type Text } from '../../strings/index.ts';

const SHOWN_MAX = 12;

interface ProblemListProps {
  readonly problems: readonly WorldImportProblem[];
  readonly text: Text;
  readonly language: Language;
}

/** What could not be read, where, and why. The first few; the report to copy has them all. */
export function ProblemList({ problems, text, language }: ProblemListProps): ReactNode {
  return (
    <ul className="problems">
      {problems.slice(0, SHOWN_MAX).map(({ file, position, code, facts }) => (
        <li key={`${file} ${position?.x} ${position?.z} ${code}`}>
          <code>{file}</code>
          {position !== null && <span className="soft"> · {text.import.at(position.x, position.z)}</span>}
          <span>: {describe(language, { code, facts: { file, ...facts } }).title}</span>
        </li>
      ))}
      {problems.length > SHOWN_MAX && <li className="soft">{text.import.more(problems.length - SHOWN_MAX)}</li>}
    </ul>
  );
}
