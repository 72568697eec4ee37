import type { ReactNode } from 'react';
import type { World } from '../../../src-shared/contract/index.ts';
import { Badge, Button, Copyable, Horizon, ProblemPanel } from '../../design/index.ts';
import { useNow, useRequest, useTopic, useUi } from '../../state/index.ts';
import { describe, pickLanguage, type Text } from '../../strings/index.ts';

/** The world one most likely came for, with one press to go on. Without any: what Peerhold is. */
export function Hero({ world, text }: { readonly world: World | null; readonly text: Text }): ReactNode {
  if (world === null)
    return (
      <section className="hero welcome">
        <Horizon name="Peerhold" day={false} />
        <div className="hero-words">
          <h1>{text.home.welcome}</h1>
          <p>{text.home.welcomeWhy}</p>
        </div>
      </section>
    );
  return <WorldHero world={world} text={text} />;
}

function WorldHero({ world, text }: { readonly world: World; readonly text: Text }): ReactNode {
  const go = useUi((ui) => ui.go);
  const language = useUi((ui) => pickLanguage(ui.language, navigator.languages));
  const now = useNow(60_000);
  const players = useTopic('players') ?? [];
  const start = useRequest();
  const running = world.state === 'running';
  const moving = world.state === 'starting' || world.state === 'stopping';
  return (
    <section className="hero" aria-labelledby="hero-name">
      <Horizon name={world.name} day={running} />
      <div className="hero-words">
        <div className="row">
          <Badge tone={running ? 'good' : 'plain'}>{text.states[world.state]}</Badge>
          <span className="hero-fact">
            {running
              ? players.map((player) => player.name).join(', ') || text.world.nobody
              : world.lastPlayed === null
                ? text.home.neverPlayed
                : text.home.lastPlayed(text.format.ago(world.lastPlayed, now))}
          </span>
        </div>
        <h1 id="hero-name" className="clip">
          {world.name}
        </h1>
        <div className="row">
          {running || !world.playable ? (
            <Button kind={running ? 'plain' : 'main'} large onPress={() => go({ view: 'world', name: world.name })}>
              {text.home.open}
            </Button>
          ) : (
            <>
              <Button
                kind="main"
                large
                icon="play"
                busy={start.pending || moving}
                onPress={() =>
                  start.run(
                    (client) => client.worlds.start({ name: world.name }),
                    () => go({ view: 'world', name: world.name }),
                  )
                }
              >
                {text.home.resume}
              </Button>
              <Button large onPress={() => go({ view: 'world', name: world.name })}>
                {text.home.open}
              </Button>
            </>
          )}
          {world.address !== null && <Copyable text={world.address} words={text.app} />}
        </div>
      </div>
      {start.problem !== null && <ProblemPanel sentence={describe(language, start.problem)} words={text.app} />}
    </section>
  );
}
