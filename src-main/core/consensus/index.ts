export type * from './door.ts';
export { baseOf } from './compact.ts';
export { verifyEvidence, type EvidenceKind } from './evidence.ts';
export { genesisOf } from './epoch.ts';
export { answersNeeded, leaveTriggerOf, quorumOf } from './quorum.ts';
export { createReplica } from './replica.ts';
export { verifyCertificate } from './verify.ts';
