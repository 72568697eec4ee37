import type { ReactNode } from 'react';
import type { Job, WorldImportReport } from '../../../src-shared/contract/index.ts';
import { Button, Icon, ProblemPanel, Progress } from '../../design/index.ts';
import { useMirror, usePage, useRequest, useUi, type Route } from '../../state/index.ts';
import { describe, pickLanguage, texts, type Language, type Text } from '../../strings/index.ts';
import { Report } from './Report.tsx';
import { Steps } from './Steps.tsx';

interface JobProps {
  readonly job: Job;
  readonly text: Text;
  readonly language: Language;
}

/** One import as the node tells it: it belongs to the node, so closing and reopening the page shows the same. */
export function JobView({ id }: { readonly id: string }): ReactNode {
  const language = useUi((ui) => pickLanguage(ui.language, navigator.languages));
  const go = useUi((ui) => ui.go);
  const text = texts[language];
  const jobs = useMirror((mirror) => mirror.jobs);
  const job = jobs?.find((item) => item.id === id);
  if (jobs === null) return <p className="soft">{text.app.loading}</p>;
  if (job === undefined)
    return (
      <Button icon="back" onPress={() => go({ view: 'home' })}>
        {text.app.home}
      </Button>
    );
  return (
    <div className="wizard">
      {job.outcome.state === 'running' ? (
        <Running job={job} text={text} language={language} />
      ) : (
        <Finished job={job} text={text} language={language} />
      )}
    </div>
  );
}

function Running({ job, text, language }: JobProps): ReactNode {
  const cancel = useRequest();
  const { progress } = job;
  const known = progress.phase !== 'waiting' && progress.phase !== 'scan' && progress.bytesTotal > 0;
  const facts = [
    progress.chunksTotal > 0 ? text.import.progress(progress.chunksDone, progress.chunksTotal) : null,
    progress.chunksPerSecond > 0 ? text.import.rate(progress.chunksPerSecond) : null,
    progress.millisLeft === null ? null : text.import.left(progress.millisLeft),
  ].filter((item) => item !== null);
  return (
    <>
      <header className="section">
        <h1>{text.import.progressTitle(job.world)}</h1>
        <Steps now="copy" text={text} />
      </header>
      <section className="card padded section">
        <output>
          <strong>{text.import.phases[progress.phase]}</strong>
        </output>
        <Progress label={text.import.progressTitle(job.world)} part={known ? progress.bytesDone / progress.bytesTotal : null} />
        <p className="soft job-facts">{facts.length === 0 ? text.app.loading : facts.join(' · ')}</p>
      </section>
      <p className="soft">{text.import.leave}</p>
      {cancel.problem !== null && <ProblemPanel sentence={describe(language, cancel.problem)} words={text.app} />}
      <div className="row">
        <Button busy={cancel.pending} onPress={() => cancel.run((client) => client.jobs.cancel({ id: job.id }))}>
          {text.import.cancel}
        </Button>
      </div>
    </>
  );
}

/** Away from a finished job, which the node may then forget. */
function useLeave(id: string): (to: Route) => void {
  const go = useUi((ui) => ui.go);
  const { bridge } = usePage();
  return (to) => {
    go(to);
    void bridge.ask((client) => client.jobs.dismiss({ id }));
  };
}

function Finished({ job, text, language }: JobProps): ReactNode {
  const leave = useLeave(job.id);
  const { outcome } = job;
  if (outcome.state === 'imported') return <Imported report={outcome.report} text={text} language={language} leave={leave} />;
  const home = (
    <Button icon="back" onPress={() => leave({ view: 'home' })}>
      {text.app.home}
    </Button>
  );
  if (outcome.state !== 'failed')
    return (
      <>
        <h1>{text.import.cancelledTitle}</h1>
        <p>{text.import.cancelledWhy}</p>
        <div className="row">{home}</div>
      </>
    );
  const again = (
    <Button icon="refresh" onPress={() => leave({ view: 'share', path: job.path })}>
      {text.app.again}
    </Button>
  );
  return (
    <>
      <h1>{text.import.failedTitle}</h1>
      <ProblemPanel sentence={describe(language, outcome.problem)} words={text.app} action={again} />
      <div className="row">{home}</div>
    </>
  );
}

interface ImportedProps {
  readonly report: WorldImportReport;
  readonly text: Text;
  readonly language: Language;
  readonly leave: (to: Route) => void;
}

function Imported({ report, text, language, leave }: ImportedProps): ReactNode {
  const { name } = report;
  const start = useRequest();
  const playable = useMirror((mirror) => mirror.worlds?.some((world) => world.name === name && world.playable) === true);
  const toWorld = (): void => leave({ view: 'world', name });
  return (
    <>
      <header className="section">
        <h1>{text.import.doneTitle(name)}</h1>
        <Steps now="done" text={text} />
      </header>
      <p className="row">
        <Icon name="shield" /> {text.import.doneWhy}
      </p>
      <div className="row">
        {playable && (
          <Button
            kind="main"
            large
            icon="play"
            busy={start.pending}
            onPress={() => start.run((client) => client.worlds.start({ name }), toWorld)}
          >
            {text.import.startPlaying}
          </Button>
        )}
        <Button large onPress={toWorld}>
          {text.import.toWorld}
        </Button>
      </div>
      {start.problem !== null && <ProblemPanel sentence={describe(language, start.problem)} words={text.app} />}
      <Report report={report} text={text} language={language} />
    </>
  );
}
