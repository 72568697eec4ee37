export { ERROR_CODES, type ErrorCode } from './codes.ts';
export { AppError, refuse, type Facts, type Refusal, type Result } from './errors.ts';
export { isErrorCode, refusalOf } from './remote.ts';
