import { useState, type ReactNode } from 'react';
import type { Job } from '../../../src-shared/contract/index.ts';
import { Button, Dialog, ProblemPanel, Progress, TextField } from '../../design/index.ts';
import { useMirror, usePage, useRequest, useUi } from '../../state/index.ts';
import { describe } from '../../strings/index.ts';
import type { WorldPartProps } from './part.ts';

/** Export, check, delete. Jobs of the world show here until they are dismissed. */
export function Care({ world, text, language }: WorldPartProps): ReactNode {
  const [asking, setAsking] = useState<'export' | 'delete' | null>(null);
  const jobs = useMirror((mirror) => mirror.jobs)?.filter((job) => job.world === world.name && job.kind !== 'import') ?? [];
  const verify = useRequest();
  const busy = world.state === 'importing' || jobs.some((job) => job.outcome.state === 'running');
  const part = { world, text, language };
  return (
    <section className="card padded section care" aria-labelledby="care">
      <h2 id="care">{text.world.care}</h2>
      {jobs.map((job) => (
        <CareJob key={job.id} job={job} {...part} />
      ))}
      <div className="section">
        <Button icon="export" disabled={busy} onPress={() => setAsking('export')}>
          {text.world.export}
        </Button>
        <p className="soft small">{text.world.exportWhy}</p>
      </div>
      <div className="section">
        <Button
          icon="shield"
          disabled={busy}
          busy={verify.pending}
          onPress={() => verify.run((client) => client.worlds.verify({ name: world.name }))}
        >
          {text.world.verify}
        </Button>
        <p className="soft small">{text.world.verifyWhy}</p>
      </div>
      {verify.problem !== null && <ProblemPanel sentence={describe(language, verify.problem)} words={text.app} />}
      <div className="section">
        <Button kind="danger" icon="trash" disabled={busy} onPress={() => setAsking('delete')}>
          {text.world.delete}
        </Button>
        <p className="soft small">{text.world.deleteWhy}</p>
      </div>
      {asking === 'export' && <ExportDialog {...part} onClose={() => setAsking(null)} />}
      {asking === 'delete' && <DeleteDialog {...part} onClose={() => setAsking(null)} />}
    </section>
  );
}

function CareJob({ job, text, language }: WorldPartProps & { readonly job: Job }): ReactNode {
  const { bridge } = usePage();
  const { outcome, progress } = job;
  const dismiss = (
    <Button
      kind="quiet"
      icon="close"
      label={text.app.close}
      onPress={() => void bridge.ask((client) => client.jobs.dismiss({ id: job.id }))}
    />
  );
  if (outcome.state === 'running') {
    const label = job.kind === 'export' ? text.world.exporting : text.world.verifying;
    return (
      <div className="note section">
        <div className="row apart">
          <strong>{label}</strong>
          <Button kind="quiet" onPress={() => void bridge.ask((client) => client.jobs.cancel({ id: job.id }))}>
            {text.app.cancel}
          </Button>
        </div>
        <Progress label={label} part={progress.chunksTotal === 0 ? null : progress.chunksDone / progress.chunksTotal} />
        <span className="soft small">
          {text.import.progress(progress.chunksDone, progress.chunksTotal)}
          {progress.millisLeft !== null && ` · ${text.import.left(progress.millisLeft)}`}
        </span>
      </div>
    );
  }
  if (outcome.state === 'failed') return <ProblemPanel sentence={describe(language, outcome.problem)} words={text.app} action={dismiss} />;
  const said = sentenceOf(outcome, text);
  return (
    <div className="note row apart">
      <output className="said">{said}</output>
      {dismiss}
    </div>
  );
}

function sentenceOf(outcome: Exclude<Job['outcome'], { readonly state: 'running' | 'failed' }>, text: WorldPartProps['text']): string {
  switch (outcome.state) {
    case 'exported':
      return text.world.exported(outcome.report.folder, outcome.report.chunks);
    case 'verified':
      return outcome.report.damaged.length === 0
        ? text.world.verified(outcome.report.chunks)
        : text.world.verifiedBad(outcome.report.damaged.length);
    case 'imported':
    case 'cancelled':
      return text.world.cancelled;
  }
}

interface AskingProps extends WorldPartProps {
  readonly onClose: () => void;
}

function ExportDialog({ world, text, language, onClose }: AskingProps): ReactNode {
  const [folder, setFolder] = useState('');
  const start = useRequest();
  return (
    <Dialog
      title={text.world.export}
      onClose={onClose}
      onSubmit={() => start.run((client) => client.worlds.export({ name: world.name, folder: folder.trim() }), onClose)}
      actions={
        <>
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button kind="main" submit busy={start.pending} disabled={folder.trim() === ''}>
            {text.world.exportStart}
          </Button>
        </>
      }
    >
      <p>{text.world.exportWhy}</p>
      <TextField label={text.world.exportLabel} value={folder} onChange={setFolder} hint={text.world.exportHint} mono first />
      {start.problem !== null && <ProblemPanel sentence={describe(language, start.problem)} words={text.app} />}
    </Dialog>
  );
}

function DeleteDialog({ world, text, language, onClose }: AskingProps): ReactNode {
  const go = useUi((ui) => ui.go);
  const toast = useUi((ui) => ui.toast);
  const [confirm, setConfirm] = useState('');
  const remove = useRequest();
  const submit = (): void => {
    remove.run(
      (client) => client.worlds.delete({ name: world.name, confirm }),
      () => {
        toast(text.world.deleted(world.name));
        go({ view: 'home' });
      },
    );
  };
  return (
    <Dialog
      title={text.world.deleteTitle(world.name)}
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button kind="danger" submit busy={remove.pending} disabled={confirm !== world.name}>
            {text.world.deleteSubmit}
          </Button>
        </>
      }
    >
      <p>{text.world.deleteWarn}</p>
      <TextField label={text.world.deleteLabel(world.name)} value={confirm} onChange={setConfirm} first />
      {remove.problem !== null && <ProblemPanel sentence={describe(language, remove.problem)} words={text.app} />}
    </Dialog>
  );
}
