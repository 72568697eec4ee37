import type { ErrorCode, Facts } from '../../../../src-shared/errors/index.ts';
import type { ImportedPart, ImportPart } from '../import/regionPart.ts';
import type { ImportedFilePart, ImportFilePart } from '../import/filePart.ts';
import type { EncodedChunks, EncodeChunks } from '../export/encodeChunks.ts';

/** What threads can do. Plain data both ways. */
interface Tasks {
  readonly importRegion: { readonly input: ImportPart; readonly output: ImportedPart };
  readonly importFile: { readonly input: ImportFilePart; readonly output: ImportedFilePart };
  readonly encodeChunks: { readonly input: EncodeChunks; readonly output: EncodedChunks };
}

export type TaskKind = keyof Tasks;
export type TaskInput<K extends TaskKind> = Tasks[K]['input'];
export type TaskOutput<K extends TaskKind> = Tasks[K]['output'];

export type Question = { readonly [K in TaskKind]: { readonly kind: K; readonly input: TaskInput<K> } }[TaskKind];

export type Answer =
  | { readonly ok: true; readonly output: TaskOutput<TaskKind> }
  | { readonly ok: false; readonly code: ErrorCode; readonly facts: Facts };
