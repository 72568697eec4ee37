import type { ReactNode } from 'react';
import { Badge, Button, Horizon, ProblemPanel } from '../../design/index.ts';
import { useMirror, useNow, useRequest, useUi } from '../../state/index.ts';
import { describe, pickLanguage, texts } from '../../strings/index.ts';
import { Care } from './Care.tsx';
import { JoinPanel } from './JoinPanel.tsx';
import { OnlinePlayers } from './OnlinePlayers.tsx';
import type { WorldPartProps } from './part.ts';
import { SavePlayers } from './SavePlayers.tsx';
import { StartStop } from './StartStop.tsx';

/** One world: run it, join it, see who is in, keep it safe. */
export function WorldView({ name }: { readonly name: string }): ReactNode {
  const language = useUi((ui) => pickLanguage(ui.language, navigator.languages));
  const go = useUi((ui) => ui.go);
  const text = texts[language];
  const worlds = useMirror((mirror) => mirror.worlds);
  const world = worlds?.find((item) => item.name === name);
  if (worlds === null) return <p className="soft">{text.app.loading}</p>;
  if (world === undefined)
    return (
      <div className="wizard">
        <h1>{text.world.gone}</h1>
        <ProblemPanel
          sentence={describe(language, { code: 'world.not-found', facts: { name } })}
          words={text.app}
          action={
            <Button icon="back" onPress={() => go({ view: 'home' })}>
              {text.app.home}
            </Button>
          }
        />
      </div>
    );
  const part = { world, text, language };
  return (
    <div className="world-page">
      <Head {...part} />
      <div className="columns">
        <div className="section wide">
          <JoinPanel {...part} />
          {world.state === 'running' && <OnlinePlayers {...part} />}
          <SavePlayers {...part} />
        </div>
        <div className="section">
          <About {...part} />
          <Care {...part} />
        </div>
      </div>
    </div>
  );
}

function Head({ world, text, language }: WorldPartProps): ReactNode {
  const request = useRequest();
  const tone = world.state === 'running' ? 'good' : world.state === 'damaged' ? 'bad' : 'plain';
  return (
    <>
      <section className="hero low" aria-labelledby="world-name">
        <Horizon name={world.name} day={world.state === 'running'} low />
        <div className="hero-words">
          <div className="row">
            <Badge tone={tone}>{text.states[world.state]}</Badge>
          </div>
          <h1 id="world-name" className="clip">
            {world.name}
          </h1>
          <div className="row">
            <StartStop world={world} text={text} request={request} />
          </div>
        </div>
      </section>
      {request.problem !== null && <ProblemPanel sentence={describe(language, request.problem)} words={text.app} />}
    </>
  );
}

function About({ world, text }: WorldPartProps): ReactNode {
  const now = useNow(60_000);
  const { fact } = text.world;
  const rows: readonly (readonly [label: string, value: string])[] = [
    [fact.version, world.version ?? text.home.unknownVersion],
    [fact.mode, text.modes[world.gameMode]],
    [fact.size, text.format.bytes(world.bytes)],
    [fact.played, world.lastPlayed === null ? text.home.neverPlayed : text.format.ago(world.lastPlayed, now)],
    [fact.seed, world.seed],
    [fact.origin, text.world.origins[world.origin]],
  ];
  return (
    <section className="card padded section" aria-labelledby="world-facts">
      <h2 id="world-facts">{text.world.facts}</h2>
      <dl className="facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
