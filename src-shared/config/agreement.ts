/** Figures of agreement. Rules are those of `core/consensus/README.md`; times in milliseconds. */

/** Voters of one group; more add no availability (rule 10). */
export const VOTERS_MAX = 7;
/** Learners that one epoch names; more are refused when the epoch is proposed. */
export const LEARNERS_MAX = 64;
/** Headers between an entry and the Final certificate that covers it. Entries this far above the final one are refused. */
export const HEADERS_IN_CERTIFICATE_MAX = 1024;

/** The czar says that it is there this often when it has nothing to propose (rule 8). */
export const HEARTBEAT_MILLIS = 100;
/** A czar whose proposal has no certificate for this long stops showing results as accepted (rule 8). */
export const FENCE_MILLIS = 500;
/** Bounds of the silence after which a voter leaves (rule 9). */
export const SUSPICION_MILLIS_MIN = 500;
export const SUSPICION_MILLIS_MAX = 1200;
export const SUSPICION_SLACK_MILLIS = 300;
/** The same when the connection to the czar was closed (rule 9). */
export const SUSPICION_CLOSED_MILLIS = 150;
/** A command that reached a voter and was not executed for this long makes it leave (rule 9). */
export const COMMAND_PATIENCE_MILLIS = 1000;
/** Commands whose execution a voter waits for at once; further ones are not watched. */
export const COMMANDS_WATCHED_MAX = 4096;
/** Limit of the waiting times after views that made nothing final (rule 9). */
export const PATIENCE_MILLIS_MAX = 10_000;
/** Pauses between re-broadcasts at a standstill grow from the first to the last (rule 6). */
export const STANDSTILL_MILLIS_MIN = 250;
export const STANDSTILL_MILLIS_MAX = 4000;
/** Round trips to every peer are measured this often. */
export const PING_MILLIS = 500;
/** A request for missing entries is repeated at another peer after this long (growing). */
export const FETCH_MILLIS = 400;
export const FETCH_MILLIS_MAX = 5000;
/** One answer to a request for missing entries. */
export const BATCH_ENTRIES_MAX = 64;
export const BATCH_BYTES_MAX = 4 * 1024 * 1024;
/** A learner that heard of nothing new for this long asks a voter. */
export const LEARNER_ASKS_MILLIS = 1000;

/** Votes of one node that travel together. */
export const VOTES_IN_MESSAGE_MAX = 8;
/** Votes are kept for this many heights above the highest certificate, and for views up to this far ahead; others are dropped and come again. */
export const TALLY_HEIGHTS_MAX = 64;
export const TALLY_VIEWS_MAX = 4;
/** Different proposals kept for one rank; a czar that makes more is a liar anyway. */
export const PROPOSALS_PER_RANK_MAX = 2;
/** EpochEnds with their proofs that a node keeps for those who come back; the oldest is forgotten, and who was away longer needs a new invite. */
export const EPOCHS_KEPT_MAX = 256;
/** Earlier runs of a peer whose delayed messages are still told apart; the oldest is forgotten. */
export const BOOTS_REMEMBERED_MAX = 16;
/** Final entries that stay in memory below the snapshot for peers that lag; older ones are dropped, the laggard installs a snapshot. */
export const ENTRIES_KEPT_MAX = 4096;
export const ENTRIES_KEPT_BYTES_MAX = 64 * 1024 * 1024;
