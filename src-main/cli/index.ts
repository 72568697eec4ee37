import { AppError } from '../../src-shared/errors/index.ts';
import { dataFolderOf } from './dataFolder.ts';
import { startNode } from './nodeCommand.ts';
import { createOutput } from './output.ts';
import { valueOf, withApi } from './session.ts';
import { readWords, USAGE, wordAt, type Typed } from './words.ts';
import { isSet } from './words.ts';
import { runWorldCommand } from './worldCommands.ts';

export { dataFolderOf } from './dataFolder.ts';
export { startNode, type RunningNode } from './nodeCommand.ts';
export { prepareShell } from './page.ts';
export { readWords } from './words.ts';

/** Exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
export async function runCommand(args: readonly string[]): Promise<number> {
  let json = args.includes('--json');
  try {
    const typed = readWords(args);
    json = isSet(typed, 'json');
    if (isSet(typed, 'help') || typed.words.length === 0) {
      process.stdout.write(`${USAGE}\n`);
      return typed.words.length === 0 && !isSet(typed, 'help') ? 2 : 0;
    }
    await run(typed);
    return 0;
  } catch (fault) {
    const problem =
      fault instanceof AppError
        ? fault
        : new AppError('node.internal', { message: fault instanceof Error ? fault.message : String(fault) }, { cause: fault });
    if (json) process.stdout.write(`${JSON.stringify({ error: { code: problem.code, facts: problem.facts } })}\n`);
    else process.stderr.write(`${sentence(problem)}\n`);
    return problem.code === 'node.bad-option' ? 2 : 1;
  }
}

async function run(typed: Typed): Promise<void> {
  const dataFolder = dataFolderOf(typed);
  const out = createOutput(isSet(typed, 'json'));
  switch (wordAt(typed, 0, 'command')) {
    case 'node':
      await runNode(typed, dataFolder);
      return;
    case 'world':
      await runWorldCommand(typed, dataFolder, out);
      return;
    case 'status':
      await withApi(dataFolder, async (api) => {
        const status = valueOf(await api.node.status());
        out.json(status);
        out.lines([JSON.stringify(status, null, 2)]);
      });
      return;
    default:
      throw new AppError('node.bad-option', { option: 'command', value: typed.words[0]! });
  }
}

/** Runs until SIGTERM or SIGINT; a second one does not hurry it, the hard cap is the operating system's. */
async function runNode(typed: Typed, dataFolder: string): Promise<void> {
  const ended = Promise.withResolvers<void>();
  process.on('SIGTERM', () => ended.resolve());
  process.on('SIGINT', () => ended.resolve());
  const running = await startNode(typed, dataFolder, (line) => void process.stdout.write(`${line}\n`));
  await ended.promise;
  await running.close();
}

/** One English line for the terminal; the interface has the catalogue of sentences. */
function sentence(problem: AppError): string {
  const facts = Object.entries(problem.facts).map(([name, value]) => `${name}: ${String(value)}`);
  return facts.length === 0 ? problem.code : `${problem.code} (${facts.join(', ')})`;
}
