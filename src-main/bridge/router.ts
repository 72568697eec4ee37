import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { contract, type Problem } from '../../src-shared/contract/index.ts';
import { AppError, type Result } from '../../src-shared/errors/index.ts';
import type { NodeApi } from '../node/index.ts';
import { refused } from './refused.ts';
import { follow, type Connection } from './topics.ts';

/** Told about what should not happen: a bug behind a request, a page that breaks the rules. */
export type Notice = (event: string, facts: Readonly<Record<string, unknown>>) => void;

export type Handler = RPCHandler<Connection>;

/** The contract's handlers over `api`: the same for every transport. */
export function createHandler(api: NodeApi, notice: Notice): Handler {
  const os = implement(contract).$context<Connection>();
  const { worlds, jobs, players, node, topics } = os;
  const router = os.router({
    worlds: {
      found: worlds.found.handler(() => valueOf(api.worlds.found())),
      list: worlds.list.handler(() => valueOf(api.worlds.list())),
      plan: worlds.plan.handler(({ input }) => valueOf(api.worlds.plan(input))),
      import: worlds.import.handler(({ input }) => valueOf(api.worlds.import(input))),
      create: worlds.create.handler(({ input }) => valueOf(api.worlds.create(input))),
      start: worlds.start.handler(({ input }) => valueOf(api.worlds.start(input))),
      stop: worlds.stop.handler(({ input }) => valueOf(api.worlds.stop(input))),
      export: worlds.export.handler(({ input }) => valueOf(api.worlds.export(input))),
      verify: worlds.verify.handler(({ input }) => valueOf(api.worlds.verify(input))),
      snapshots: worlds.snapshots.handler(({ input }) => valueOf(api.worlds.snapshots(input))),
      restore: worlds.restore.handler(({ input }) => valueOf(api.worlds.restore(input))),
      delete: worlds.delete.handler(({ input }) => valueOf(api.worlds.delete(input))),
    },
    jobs: {
      list: jobs.list.handler(() => valueOf(api.jobs.list())),
      cancel: jobs.cancel.handler(({ input }) => valueOf(api.jobs.cancel(input))),
      dismiss: jobs.dismiss.handler(({ input }) => valueOf(api.jobs.dismiss(input))),
    },
    players: {
      online: players.online.handler(() => valueOf(api.players.online())),
      ofWorld: players.ofWorld.handler(({ input }) => valueOf(api.players.ofWorld(input))),
      claim: players.claim.handler(({ input }) => valueOf(api.players.claim(input))),
    },
    node: {
      status: node.status.handler(() => valueOf(api.node.status())),
      log: node.log.handler(({ input }) => valueOf(api.node.log(input))),
    },
    topics: {
      worlds: topics.worlds.handler(({ context, signal }) => follow(api, 'worlds', context, signal)),
      jobs: topics.jobs.handler(({ context, signal }) => follow(api, 'jobs', context, signal)),
      status: topics.status.handler(({ context, signal }) => follow(api, 'status', context, signal)),
      players: topics.players.handler(({ context, signal }) => follow(api, 'players', context, signal)),
      log: topics.log.handler(({ context, signal }) => follow(api, 'log', context, signal)),
    },
  });
  return new RPCHandler<Connection>(router, {
    clientInterceptors: [
      async (call) => {
        try {
          return await call.next();
        } catch (error) {
          throw refused(problemOf(error, call.path.join('.'), notice));
        }
      },
    ],
  });
}

async function valueOf<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new AppError(result.code, result.facts);
  return result.value;
}

/** What the page is told. A bug's text stays here: it may hold paths and secrets. */
function problemOf(error: unknown, request: string, notice: Notice): Problem {
  if (error instanceof AppError) return { code: error.code, facts: error.facts };
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return { code: 'bridge.bad-request', facts: { request } };
  notice('bridge.request-failed', { request, error });
  return { code: 'node.internal', facts: { request } };
}
