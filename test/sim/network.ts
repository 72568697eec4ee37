import type { Timeline } from './clock.ts';
import type { NetworkPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { Report } from './report.ts';

/** Bytes between nodes by index: delayed, lost, doubled, damaged and cut as the plan says. Several machines may stand behind one node (twins). */
export class Network {
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #report: Report;
  readonly #deliver: (from: number, to: number, bytes: Uint8Array) => void;
  plan: NetworkPlan;
  /** How many cuts hold each directed link, by `from * 64 + to`. */
  readonly #cuts = new Map<number, number>();

  constructor(parts: {
    readonly timeline: Timeline;
    readonly random: Random;
    readonly report: Report;
    readonly plan: NetworkPlan;
    readonly deliver: (from: number, to: number, bytes: Uint8Array) => void;
  }) {
    this.#timeline = parts.timeline;
    this.#random = parts.random;
    this.#report = parts.report;
    this.plan = parts.plan;
    this.#deliver = parts.deliver;
  }

  send(from: number, to: number, bytes: Uint8Array): void {
    const { plan } = this;
    const random = this.#random;
    if ((this.#cuts.get(from * 64 + to) ?? 0) > 0) {
      this.#report.count('message cut');
      return;
    }
    if (plan.loss > 0 && random.chance(plan.loss)) {
      this.#report.count('message lost');
      return;
    }
    if (plan.duplicate > 0 && random.chance(plan.duplicate)) {
      this.#report.count('message doubled');
      this.#carry(from, to, bytes, this.#delay());
    }
    if (plan.replayLate > 0 && random.chance(plan.replayLate)) {
      this.#report.count('message replayed late');
      this.#carry(from, to, bytes, random.between(1000, 8000));
    }
    this.#carry(from, to, this.#damage(bytes), this.#delay());
  }

  cut(links: readonly (readonly [number, number])[]): void {
    for (const [from, to] of links) this.#cuts.set(from * 64 + to, (this.#cuts.get(from * 64 + to) ?? 0) + 1);
  }

  mend(links: readonly (readonly [number, number])[]): void {
    for (const [from, to] of links) this.#cuts.set(from * 64 + to, Math.max(0, (this.#cuts.get(from * 64 + to) ?? 0) - 1));
  }

  /** Everything is whole again; cuts that end later have nothing to mend. */
  heal(plan: NetworkPlan): void {
    this.#cuts.clear();
    this.plan = plan;
  }

  #carry(from: number, to: number, bytes: Uint8Array, delay: number): void {
    this.#timeline.after(delay, () => this.#deliver(from, to, bytes));
  }

  #delay(): number {
    const { delayMillis, jitterMillis, tailChance, tailMillis } = this.plan;
    let delay = delayMillis;
    if (jitterMillis > 0) delay += this.#random.unit() * jitterMillis;
    if (tailChance > 0 && this.#random.chance(tailChance)) {
      this.#report.count('message delayed');
      delay += this.#random.exponential(tailMillis);
    }
    return delay;
  }

  #damage(bytes: Uint8Array): Uint8Array {
    const { flip, truncate } = this.plan;
    const random = this.#random;
    if (flip > 0 && random.chance(flip)) {
      this.#report.count('message bit flipped');
      const damaged = Uint8Array.from(bytes);
      const at = random.below(damaged.length);
      damaged[at] = damaged[at]! ^ (1 << random.below(8));
      return damaged;
    }
    if (truncate > 0 && random.chance(truncate)) {
      this.#report.count('message truncated');
      return bytes.subarray(0, random.below(bytes.length));
    }
    return bytes;
  }
}
