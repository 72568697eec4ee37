import { useState, type ReactNode } from 'react';
import { Button, Icon, ProblemPanel, TextField } from '../../design/index.ts';
import { useAnswer, useUi } from '../../state/index.ts';
import { describe, pickLanguage, texts } from '../../strings/index.ts';
import { DropZone } from './DropZone.tsx';
import { PlanStep } from './PlanStep.tsx';
import { Steps } from './Steps.tsx';

/** Choose a save and see what its copy would bring. The path stands in the address, so reloading shows the same plan again. */
export function ShareView({ path }: { readonly path: string | null }): ReactNode {
  const go = useUi((ui) => ui.go);
  const language = useUi((ui) => pickLanguage(ui.language, navigator.languages));
  const text = texts[language];
  const [typed, setTyped] = useState(path ?? '');
  const plan = useAnswer(path, (client) => client.worlds.plan({ path: path ?? '' }));
  if (plan.value !== null) return <PlanStep plan={plan.value} text={text} language={language} />;
  const wish = typed.trim();
  return (
    <div className="wizard">
      <header className="section">
        <h1>{text.import.title}</h1>
        <Steps now="choose" text={text} />
      </header>
      <p>{text.import.chooseWhy}</p>
      <form
        className="section"
        onSubmit={(event) => {
          event.preventDefault();
          if (wish === path) plan.again();
          else go({ view: 'share', path: wish });
        }}
      >
        <TextField label={text.import.pathLabel} value={typed} onChange={setTyped} hint={text.import.pathHint} mono first />
        <DropZone text={text} onPath={(dropped) => go({ view: 'share', path: dropped })} />
        <div className="row">
          <Button kind="main" submit busy={plan.pending} disabled={wish === ''}>
            {text.import.check}
          </Button>
          <Button kind="quiet" onPress={() => go({ view: 'home' })}>
            {text.app.cancel}
          </Button>
        </div>
      </form>
      {plan.pending && (
        <output className="soft row">
          <Icon name="folder" /> {text.import.checking}
        </output>
      )}
      {plan.problem !== null && !plan.pending && (
        <ProblemPanel
          sentence={describe(language, plan.problem)}
          words={text.app}
          action={
            <Button icon="refresh" onPress={plan.again}>
              {text.app.again}
            </Button>
          }
        />
      )}
    </div>
  );
}
