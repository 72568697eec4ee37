import { useState, type ReactNode } from 'react';
import { writeKey, type LineState } from '../bridge/index.ts';
import { Button, ProblemPanel, TextField } from '../design/index.ts';
import { usePage } from '../state/index.ts';
import { describe, type Language, type Text } from '../strings/index.ts';

interface LineScreenProps {
  readonly line: Exclude<LineState, { readonly state: 'open' }>;
  /** Nothing is known yet that could be shown below. */
  readonly whole: boolean;
  readonly text: Text;
  readonly language: Language;
}

/** What stands between the page and the node: a moment, an outage, a missing key. */
export function LineScreen({ line, whole, text, language }: LineScreenProps): ReactNode {
  const { bridge } = usePage();
  const retry = (
    <Button icon="refresh" onPress={() => bridge.retry()}>
      {text.line.retry}
    </Button>
  );
  if (line.state === 'connecting')
    return whole ? (
      <output className="soft waiting">
        <span className="spinner" aria-hidden="true" /> {text.line.connecting}
      </output>
    ) : null;
  if (line.state === 'refused')
    return (
      <div className="wizard">
        <Welcome text={text} />
        <ProblemPanel sentence={describe(language, { code: line.code, facts: {} })} words={text.app} action={retry} />
        {line.code === 'bridge.unauthorized' && <KeyForm text={text} onKey={() => bridge.retry()} />}
      </div>
    );
  return (
    <div className={whole ? 'wizard' : 'outage'}>
      {whole && <Welcome text={text} />}
      <div className="card padded row apart" role="alert">
        <div className="section">
          <h2>{text.line.lostTitle}</h2>
          <p className="soft">{text.line.lostWhy}</p>
        </div>
        {retry}
      </div>
    </div>
  );
}

function Welcome({ text }: { readonly text: Text }): ReactNode {
  return (
    <header className="section">
      <h1>{text.app.name}</h1>
      <p className="soft">{text.app.claim}</p>
    </header>
  );
}

function KeyForm({ text, onKey }: { readonly text: Text; readonly onKey: () => void }): ReactNode {
  const [typed, setTyped] = useState('');
  return (
    <form
      className="card padded section"
      onSubmit={(event) => {
        event.preventDefault();
        writeKey(typed);
        onKey();
      }}
    >
      <TextField label={text.line.keyLabel} value={typed} onChange={setTyped} hint={text.line.keyHint} secret first />
      <div className="row">
        <Button kind="main" submit disabled={typed.trim() === ''}>
          {text.line.keySend}
        </Button>
      </div>
    </form>
  );
}
