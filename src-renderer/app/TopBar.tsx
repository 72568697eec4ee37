import { useState, type ReactNode } from 'react';
import type { Job } from '../../src-shared/contract/index.ts';
import { Button, Choice, Dialog, Mark } from '../design/index.ts';
import { formatRoute, useMirror, useUi, type Theme } from '../state/index.ts';
import { LANGUAGES, texts, type Language, type Text } from '../strings/index.ts';

export function TopBar({ text, language }: { readonly text: Text; readonly language: Language }): ReactNode {
  const route = useUi((ui) => ui.route);
  const [settings, setSettings] = useState(false);
  const running = useMirror((mirror) => mirror.jobs)?.filter((job) => job.outcome.state === 'running') ?? [];
  return (
    <header className="top">
      <nav aria-label={text.app.name}>
        <a className="brand" href={formatRoute({ view: 'home' })} aria-current={route.view === 'home' ? 'page' : undefined}>
          <Mark /> {text.app.name}
        </a>
        <JobLink jobs={running} text={text} />
        <span className="spring" />
        <a className="button quiet" href={formatRoute({ view: 'log' })} aria-current={route.view === 'log' ? 'page' : undefined}>
          {text.app.log}
        </a>
        <Button kind="quiet" icon="settings" label={text.app.settings} onPress={() => setSettings(true)} />
      </nav>
      {settings && <Settings text={text} language={language} onClose={() => setSettings(false)} />}
    </header>
  );
}

interface JobLinkProps {
  readonly jobs: readonly Job[];
  readonly text: Text;
}

/** Leads back to what the node is busy with, from wherever one is. */
function JobLink({ jobs, text }: JobLinkProps): ReactNode {
  const first = jobs[0];
  if (first === undefined) return null;
  const to = first.kind === 'import' ? formatRoute({ view: 'job', id: first.id }) : formatRoute({ view: 'world', name: first.world });
  return (
    <a className="job-link badge warm" href={to}>
      <span className="clip">{text.app.jobs[first.kind](first.world)}</span>
    </a>
  );
}

interface SettingsProps {
  readonly text: Text;
  readonly language: Language;
  readonly onClose: () => void;
}

function Settings({ text, language, onClose }: SettingsProps): ReactNode {
  const theme = useUi((ui) => ui.theme);
  const setTheme = useUi((ui) => ui.setTheme);
  const setLanguage = useUi((ui) => ui.setLanguage);
  const themes: readonly Theme[] = ['system', 'light', 'dark'];
  return (
    <Dialog
      title={text.app.settings}
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <Button kind="main" submit>
          {text.app.close}
        </Button>
      }
    >
      <Choice
        label={text.app.theme}
        value={theme}
        onChange={setTheme}
        options={themes.map((value) => ({ value, label: text.app.themes[value] }))}
      />
      <Choice
        label={text.app.languageChoice}
        value={language}
        onChange={setLanguage}
        options={LANGUAGES.map((value) => ({ value, label: texts[value].language }))}
      />
    </Dialog>
  );
}
