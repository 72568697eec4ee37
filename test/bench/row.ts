/** One line of `npm run bench`. `ratio` above 1 means that ours is better. null: there is no peer to compare with. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly ratio: number | null;
  readonly unit: string;
}
