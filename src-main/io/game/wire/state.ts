/** What a connection is doing, in the protocol's own words. */
export type State = 'handshaking' | 'status' | 'login' | 'configuration' | 'play';

export const STATES: readonly State[] = ['handshaking', 'status', 'login', 'configuration', 'play'];
