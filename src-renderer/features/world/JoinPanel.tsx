import type { ReactNode } from 'react';
import { Copyable } from '../../design/index.ts';
import type { WorldPartProps } from './part.ts';

/** The version that Minecraft has to be: the one this product speaks. */
const VERSION = '1.21.1';

/** How to get in: by the list, else by the address. When nobody can: why. */
export function JoinPanel({ world, text }: WorldPartProps): ReactNode {
  if (!world.playable)
    return (
      <section className="card padded section">
        <h2>{text.world.tooNew(world.version ?? '')}</h2>
        <p>{text.world.tooNewWhy}</p>
      </section>
    );
  if (world.address === null)
    return (
      <section className="card padded section">
        <h2>{text.world.resting}</h2>
        <p>{text.world.restingWhy}</p>
      </section>
    );
  const steps = world.announced ? text.world.joinSteps(VERSION) : text.world.joinDirectSteps(VERSION);
  return (
    <section className="card padded section" aria-labelledby="join">
      <h2 id="join">{text.world.join}</h2>
      <ol className="join-steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {world.announced && <p className="soft">{text.world.joinDirect}</p>}
      <Copyable text={world.address} words={text.app} />
    </section>
  );
}
