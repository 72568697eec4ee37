/** Votes that decide among `voters`: two such sets share more than a third of them. 1:1, 2:2, 3:2, 4:3, 5:4, 6:4, 7:5. */
export function quorumOf(voters: number): number {
  return Math.ceil((2 * voters) / 3);
}

/** So many Leave votes show that no quorum can stay: n-q+1 (rule 4). */
export function leaveTriggerOf(voters: number): number {
  return voters - quorumOf(voters) + 1;
}

/**
 * Answers from others that a restarted voter needs before it votes (rule 11): any quorum that counted a vote it lost must contain one of
 * those it asks. q-1, and both others at three voters.
 */
export function answersNeeded(voters: number): number {
  return voters === 1 ? 0 : Math.max(quorumOf(voters) - 1, leaveTriggerOf(voters));
}
