import { useState, type ReactNode } from 'react';
import { NAME_CHARACTERS_MAX } from '../../../src-shared/config/index.ts';
import type { WorldImportPlan } from '../../../src-shared/contract/index.ts';
import { Button, Check, Icon, ProblemPanel, TextField } from '../../design/index.ts';
import { useMirror, useRequest, useUi } from '../../state/index.ts';
import { describe, type Language, type Text } from '../../strings/index.ts';
import { ProblemList } from './ProblemList.tsx';
import { Steps } from './Steps.tsx';

interface PlanStepProps {
  readonly plan: WorldImportPlan;
  readonly text: Text;
  readonly language: Language;
}

/** The plan in plain words, what to do about damage, and the name it gets. */
export function PlanStep({ plan, text, language }: PlanStepProps): ReactNode {
  const [skipDamaged, setSkipDamaged] = useState(false);
  const tooFull = plan.estimatedBytes > plan.freeBytes;
  const damaged = plan.problems.length > 0;
  return (
    <div className="wizard">
      <header className="section">
        <h1>{text.import.planTitle(plan.name)}</h1>
        <Steps now="plan" text={text} />
      </header>
      <PlanFacts plan={plan} text={text} tooFull={tooFull} />
      {damaged && (
        <section className="card padded section">
          <h2>{text.import.problems(plan.problems.length)}</h2>
          <p>{text.import.problemsWhy}</p>
          <ProblemList problems={plan.problems} text={text} language={language} />
          <Check label={text.import.skip} checked={skipDamaged} onChange={setSkipDamaged} />
        </section>
      )}
      <CopyForm plan={plan} text={text} language={language} skipDamaged={skipDamaged} ready={!tooFull && (!damaged || skipDamaged)} />
    </div>
  );
}

interface CopyFormProps extends PlanStepProps {
  readonly skipDamaged: boolean;
  /** Nothing but the name stands in the way. */
  readonly ready: boolean;
}

function CopyForm({ plan, text, language, skipDamaged, ready }: CopyFormProps): ReactNode {
  const go = useUi((ui) => ui.go);
  const taken = useMirror((mirror) => mirror.worlds)?.map((world) => world.name) ?? [];
  const [typed, setTyped] = useState(plan.name);
  const { run, pending, problem, clear } = useRequest();
  const name = typed.trim();
  const refusal = taken.includes(name) ? { code: 'world.name-taken' as const, facts: { name } } : problem;
  const aboutName = refusal !== null && /^world\.(name-taken|bad-name)$/.test(refusal.code);
  const copy = (): void =>
    run(
      (client) => client.worlds.import({ path: plan.path, name, skipDamaged }),
      ({ job }) => go({ view: 'job', id: job }),
    );
  return (
    <form
      className="section"
      onSubmit={(event) => {
        event.preventDefault();
        copy();
      }}
    >
      <TextField
        label={text.import.nameLabel}
        value={typed}
        onChange={(value) => {
          setTyped(value);
          clear();
        }}
        maxLength={NAME_CHARACTERS_MAX}
        problem={aboutName ? describe(language, refusal).why : undefined}
      />
      {problem !== null && !aboutName && <ProblemPanel sentence={describe(language, problem)} words={text.app} />}
      <div className="row">
        <Button kind="main" large submit busy={pending} disabled={name === '' || taken.includes(name) || !ready}>
          {text.import.start}
        </Button>
        <Button kind="quiet" icon="back" onPress={() => go({ view: 'share', path: null })}>
          {text.app.back}
        </Button>
      </div>
    </form>
  );
}

function PlanFacts({ plan, text, tooFull }: { readonly plan: WorldImportPlan; readonly text: Text; readonly tooFull: boolean }): ReactNode {
  const chunks = plan.dimensions.reduce((sum, dimension) => sum + dimension.chunks, 0);
  const version = plan.version ?? text.home.unknownVersion;
  const facts: readonly (readonly [good: boolean, sentence: string])[] = [
    [true, text.import.land(chunks, plan.dimensions.length)],
    [true, text.import.players(plan.players.length)],
    [true, text.import.files(plan.files)],
    [plan.playable, plan.playable ? text.import.version(version) : text.import.tooNew(version)],
    ...(plan.translated ? [[true, text.import.translated] as const] : []),
    ...(plan.problems.length === 0 ? [[true, text.import.noProblems] as const] : []),
    [!tooFull, tooFull ? text.import.noSpace(plan.estimatedBytes, plan.freeBytes) : text.import.space(plan.estimatedBytes, plan.freeBytes)],
  ];
  return (
    <section className="card padded section">
      <ul className="plan">
        {facts.map(([good, sentence]) => (
          <li key={sentence} className={good ? 'good' : 'warn'}>
            <Icon name={good ? 'check' : 'warning'} />
            {sentence}
          </li>
        ))}
      </ul>
      <p className="soft small clip" title={plan.path}>
        {plan.path}
      </p>
      {plan.ignored.length > 0 && (
        <details className="soft small">
          <summary>{text.import.ignored(plan.ignored.length)}</summary>
          <p className="ignored">{plan.ignored.join(', ')}</p>
        </details>
      )}
    </section>
  );
}
