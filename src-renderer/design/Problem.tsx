import type { ReactNode } from 'react';
import { CopyButton } from './Copy.tsx';

export interface ProblemPanelProps {
  readonly sentence: {
    readonly title: string;
    readonly why: string;
    readonly todo: string;
    /** Code and facts for whoever helps. */
    readonly details: string;
  };
  readonly words: { readonly details: string; readonly copyDetails: string; readonly copied: string };
  /** The one thing that helps most. */
  readonly action?: ReactNode;
}

/** What happened to you, why, one thing to do, and the details for those who want them. Read out as soon as it appears. */
export function ProblemPanel({ sentence, words, action }: ProblemPanelProps): ReactNode {
  return (
    <div className="problem" role="alert">
      <p className="problem-title">{sentence.title}</p>
      <p>{sentence.why}</p>
      <p>{sentence.todo}</p>
      {action !== undefined && <div className="row">{action}</div>}
      <details>
        <summary className="small">{words.details}</summary>
        <pre>{sentence.details}</pre>
        <CopyButton text={sentence.details} words={{ copy: words.copyDetails, copied: words.copied }} />
      </details>
    </div>
  );
}
