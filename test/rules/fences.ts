import { importsOf, type Import, type Sources } from './sources.ts';

export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly detail: string;
}

/** May import: the table of the architecture, one row a ring. Anything that no pattern of its row allows is a violation. There is no ignore list. */
interface Ring {
  readonly rule: string;
  readonly from: RegExp;
  /** `$1` is the first group of `from`. */
  readonly may: readonly string[];
}

const PACKAGE = '(?!src-|test/)[a-z@][^:]*';
const NODE = 'node:.+';
const SHARED = 'src-shared/.+';
const ELECTRON = 'electron';

const RINGS: readonly Ring[] = [
  { rule: 'shared-is-a-leaf', from: /^src-shared\//, may: [SHARED, 'zod', '@orpc/contract'] },
  { rule: 'core-is-pure', from: /^src-main\/core\/([^/]+)\//, may: ['src-main/core/$1/.+', SHARED] },
  { rule: 'ports-are-only-words', from: /^src-main\/ports\//, may: ['src-main/ports/.+', SHARED] },
  {
    rule: 'relay-builds-on-network-only',
    from: /^src-main\/io\/relay\//,
    may: ['src-main/io/(?:relay|network)/.+', 'src-main/ports/.+', 'src-main/core/.+', SHARED, NODE, PACKAGE],
  },
  {
    rule: 'io-modules-are-strangers',
    from: /^src-main\/io\/(?!relay\/)([^/]+)\//,
    may: ['src-main/io/$1/.+', 'src-main/ports/.+', 'src-main/core/.+', SHARED, NODE, PACKAGE],
  },
  { rule: 'node-looks-inward', from: /^src-main\/node\//, may: ['src-main/(?:node|core|ports|io)/.+', SHARED, NODE, PACKAGE] },
  {
    rule: 'bridge-talks-to-node-only',
    from: /^src-main\/bridge\//,
    may: ['src-main/bridge/.+', 'src-main/node/index.ts', SHARED, NODE, PACKAGE],
  },
  { rule: 'shell-is-electron-only', from: /^src-main\/shell\//, may: ['src-main/shell/.+', SHARED, ELECTRON, 'node:(?:path|url|fs)'] },
  { rule: 'preload-is-a-wire', from: /^src-main\/preload\//, may: ['src-main/preload/.+', SHARED, ELECTRON] },
  { rule: 'main-only-joins', from: /^src-main\/main\.ts$/, may: ['src-main/shell/index.ts', SHARED, ELECTRON, 'node:(?:path|url)'] },
  {
    rule: 'commands-join-node-and-bridge',
    from: /^src-main\/cli\//,
    may: ['src-main/cli/.+', 'src-main/(?:node|bridge)/index.ts', SHARED, NODE],
  },
  {
    rule: 'entries-join-node-and-bridge',
    from: /^src-main\/[^/]+\.ts$/,
    may: ['src-main/cli/index.ts', SHARED, NODE],
  },
  {
    rule: 'features-are-strangers',
    from: /^src-renderer\/features\/([^/]+)\//,
    may: ['src-renderer/features/$1/.+', 'src-renderer/(?:state|bridge|design|strings)/.+', SHARED, PACKAGE],
  },
  { rule: 'design-knows-nothing', from: /^src-renderer\/design\//, may: ['src-renderer/design/.+', SHARED, PACKAGE] },
  { rule: 'strings-know-nothing', from: /^src-renderer\/strings\//, may: ['src-renderer/strings/.+', SHARED] },
  { rule: 'state-looks-inward', from: /^src-renderer\/state\//, may: ['src-renderer/(?:state|bridge)/.+', SHARED, PACKAGE] },
  { rule: 'page-bridge-knows-only-the-contract', from: /^src-renderer\/bridge\//, may: ['src-renderer/bridge/.+', SHARED, PACKAGE] },
  { rule: 'renderer-is-a-web-page', from: /^src-renderer\//, may: ['src-renderer/.+', SHARED, PACKAGE] },
];

/** The modules that have a door: from outside only their `index.ts` may be imported. */
const MODULE =
  /^(src-main\/(?:core|io)\/[^/]+|src-main\/(?:node|ports|shell|bridge|preload|cli)|src-renderer\/features\/[^/]+|src-renderer\/(?:app|bridge|state|design|strings)|src-shared\/[^/]+)\//;

/** Files that are started, not imported. */
const ENTRY = /^src-main\/(main|cli|start)\.ts$|^src-main\/preload\/index\.ts$|^src-renderer\/main\.tsx$|\.d\.ts$/;

const WORDS = /(Manager|Service|Helper|Impl)(?=$|[A-Z_])/;
const FOLDERS = /(^|\/)(utils?|common|misc|helpers?)(\/|\.tsx?$)/;
const SILENCED = /(eslint|oxlint)-disable|@ts-(ignore|nocheck|expect-error)|\b(it|test|describe)\.(only|todo)\(/;

export function findViolations(sources: Sources): readonly Violation[] {
  const imports = importsOf(sources);
  return [
    ...imports.flatMap((item) => ringViolations(item)),
    ...imports.flatMap((item) => doorViolations(item)),
    ...missingFiles(imports, sources),
    ...cycles(imports),
    ...deadFiles(imports, sources),
    ...wordViolations(sources),
  ];
}

function ringViolations({ from, to }: Import): readonly Violation[] {
  if (!from.startsWith('src-')) return [];
  if (to.startsWith('test/')) return [{ rule: 'product-never-imports-tests', file: from, detail: to }];
  const found: Violation[] = [];
  if (to === 'electron' && !/^src-main\/(shell|preload)\/|^src-main\/(main|start)\.ts$/.test(from))
    found.push({ rule: 'node-runs-without-electron', file: from, detail: to });
  for (const ring of RINGS) {
    const match = ring.from.exec(from);
    if (match === null) continue;
    const allowed = ring.may.some((pattern) => new RegExp(`^(?:${pattern.replaceAll('$1', match[1] ?? '')})$`).test(to));
    if (!allowed) found.push({ rule: ring.rule, file: from, detail: to });
    return found;
  }
  return [...found, { rule: 'every-file-is-in-a-ring', file: from, detail: to }];
}

function doorViolations({ from, to }: Import): readonly Violation[] {
  const module = MODULE.exec(to)?.[1];
  if (module === undefined || from.startsWith('test/') || from.startsWith(`${module}/`)) return [];
  return to === `${module}/index.ts` || to === `${module}/index.tsx` ? [] : [{ rule: 'front-door-only', file: from, detail: to }];
}

function missingFiles(imports: readonly Import[], sources: Sources): readonly Violation[] {
  return imports
    .filter(({ to }) => /^(src-[a-z]+|test)\/.+\.tsx?$/.test(to) && !sources.has(to))
    .map(({ from, to }) => ({ rule: 'imports-exist', file: from, detail: to }));
}

function cycles(imports: readonly Import[]): readonly Violation[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) if (from.startsWith('src-') && to.startsWith('src-')) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: Violation[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push({ rule: 'no-cycles', file, detail: [...path.slice(path.indexOf(file)), file].join(' -> ') });
      return;
    }
    if (done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

function deadFiles(imports: readonly Import[], sources: Sources): readonly Violation[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const target of next.get(file) ?? []) visit(target);
  };
  for (const file of sources.keys()) if (ENTRY.test(file)) visit(file);
  const dead = [...sources.keys()].filter((file) => file.startsWith('src-') && !reached.has(file));
  return dead.map((file) => ({ rule: 'no-dead-files', file, detail: 'no entry reaches it' }));
}

function wordViolations(sources: Sources): readonly Violation[] {
  const found: Violation[] = [];
  for (const [file, source] of sources) {
    if (SILENCED.test(source) && !file.startsWith('test/rules/'))
      found.push({ rule: 'nothing-is-silenced', file, detail: SILENCED.exec(source)![0] });
    if (!file.startsWith('src-')) continue;
    if (FOLDERS.test(file)) found.push({ rule: 'names-say-what-it-is', file, detail: file });
    for (const match of source.matchAll(/\b(?:class|interface|type|function|const|let)\s+([A-Za-z_$][\w$]*)/g)) {
      if (WORDS.test(match[1]!)) found.push({ rule: 'names-say-what-it-is', file, detail: match[1]! });
    }
    if (/\b(TODO|FIXME|XXX|HACK)\b/.test(source)) found.push({ rule: 'nothing-is-left-for-later', file, detail: 'TODO' });
  }
  return found;
}
