/** Started by a test: imports the save of its first argument into the folder of its second, and says so with every note. */
import { runImport } from '../../../src-main/io/anvil/index.ts';
import { diskStore } from './diskStore.ts';
import { importOptions } from './saves.ts';

const [save, folder] = process.argv.slice(2) as [string, string];
const store = diskStore(folder, () => process.stdout.write('noted\n'));
await runImport(save, store.sink, store.journal, importOptions());
