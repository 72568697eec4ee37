import { createBLAKE3, type IHasher } from 'hash-wasm';
import type { Hash } from '../../../../src-shared/units/index.ts';
import type { ImportSink } from '../door.ts';
import type { TaskInput, TaskKind, TaskOutput } from '../threads/tasks.ts';
import type { TaskThreads } from '../threads/taskThreads.ts';
import { unpackContent, type PackedContent } from './content.ts';

/** The way of content from the threads into the sink: what one task made is stored before its turn is given to another. */
export class SinkFeed {
  readonly sink: ImportSink;
  readonly #threads: TaskThreads;
  readonly #blake3: IHasher;

  private constructor(sink: ImportSink, threads: TaskThreads, blake3: IHasher) {
    this.sink = sink;
    this.#threads = threads;
    this.#blake3 = blake3;
  }

  static async open(sink: ImportSink, threads: TaskThreads): Promise<SinkFeed> {
    return new SinkFeed(sink, threads, await createBLAKE3());
  }

  /** Runs a task and stores what it packed. */
  async run<K extends TaskKind>(kind: K, input: TaskInput<K>): Promise<TaskOutput<K>> {
    const output = await this.#threads.run(kind, input);
    await this.sink.putMany(unpackContent(output as PackedContent));
    return output;
  }

  /** Stores content of our own under its digest. */
  async put(bytes: Uint8Array): Promise<Hash> {
    const name = this.#blake3.init().update(bytes).digest('hex') as Hash;
    await this.sink.putMany([{ name, bytes }]);
    return name;
  }
}
