export { realClock } from './clock.ts';
export { createCrypto, createHasher, publicKeyOf, type Hasher } from './crypto.ts';
export { realDisk } from './disk.ts';
export { verdictsOnEdgeCases } from './edgeCases.ts';
export { openIdentity, peerIdOf, type Identity } from './identity.ts';
export { lockFolder, type FolderLock } from './lock.ts';
export { jsonLog } from './log.ts';
export { realRandom } from './random.ts';
