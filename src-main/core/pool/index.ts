export { councilView } from './view.ts';
export { decodeCouncil, decodeCouncilPayload, encodeCouncil, encodeCouncilPayload, type CouncilPayload } from './codec.ts';
export { advanceCouncil, councilRoot, dayTimeAt, foundCouncil, validateRequest, wasExecuted } from './council.ts';
export type { Council, CouncilCommand, CouncilRequest, WorldFacts } from './model.ts';
