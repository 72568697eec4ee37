import type { ReactNode } from 'react';
import { Icon } from '../../design/index.ts';
import type { Text } from '../../strings/index.ts';

const STEPS = ['choose', 'plan', 'copy', 'done'] as const;
export type Step = (typeof STEPS)[number];

/** Where in the four steps we are. */
export function Steps({ now, text }: { readonly now: Step; readonly text: Text }): ReactNode {
  const current = STEPS.indexOf(now);
  return (
    <ol className="steps">
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === current ? 'step' : undefined} className={index < current ? 'past' : undefined}>
          {index < current ? <Icon name="check" size={16} /> : <span aria-hidden="true">{index + 1}</span>}
          {text.import.steps[step]}
        </li>
      ))}
    </ol>
  );
}
