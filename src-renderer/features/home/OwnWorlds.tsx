import type { ReactNode } from 'react';
import type { World } from '../../../src-shared/contract/index.ts';
import { Badge, Horizon, Progress } from '../../design/index.ts';
import { formatRoute, useMirror, useNow, type Route } from '../../state/index.ts';
import type { Text } from '../../strings/index.ts';

export function OwnWorlds({ worlds, text }: { readonly worlds: readonly World[]; readonly text: Text }): ReactNode {
  return (
    <section className="section" aria-labelledby="own-worlds">
      <h2 id="own-worlds">{text.home.title}</h2>
      <ul className="worlds">
        {worlds.map((world) => (
          <li key={world.name}>
            <WorldCard world={world} text={text} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function WorldCard({ world, text }: { readonly world: World; readonly text: Text }): ReactNode {
  const now = useNow(60_000);
  const job = useMirror((mirror) =>
    mirror.jobs?.find((item) => item.kind === 'import' && item.world === world.name && item.outcome.state === 'running'),
  );
  const target: Route = job === undefined ? { view: 'world', name: world.name } : { view: 'job', id: job.id };
  const tone = world.state === 'running' ? 'good' : world.state === 'damaged' ? 'bad' : world.state === 'stopped' ? 'plain' : 'warm';
  return (
    <a className="world-card card" href={formatRoute(target)}>
      <div className="world-picture">
        <Horizon name={world.name} day={world.state === 'running'} />
      </div>
      <div className="world-words">
        <h3 className="clip">{world.name}</h3>
        <div className="row apart">
          <Badge tone={tone}>{text.states[world.state]}</Badge>
          <span className="soft small">
            {job !== undefined
              ? text.import.progress(job.progress.chunksDone, job.progress.chunksTotal)
              : world.lastPlayed === null
                ? text.home.neverPlayed
                : text.format.ago(world.lastPlayed, now)}
          </span>
        </div>
        {job !== undefined && (
          <Progress
            label={text.import.progressTitle(world.name)}
            part={job.progress.bytesTotal === 0 ? null : job.progress.bytesDone / job.progress.bytesTotal}
          />
        )}
      </div>
    </a>
  );
}
