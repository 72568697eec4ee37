import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A source tree by path relative to the project, with '/'. Held in memory, so that a planted violation never touches a file. */
export type Sources = ReadonlyMap<string, string>;

export interface Import {
  readonly from: string;
  /** A project path ("src-shared/units/index.ts"), "node:fs", or a package name. */
  readonly to: string;
}

export const ROOT = join(import.meta.dirname, '..', '..');

/** Every TypeScript file of the product (`src-*`) and of its tests. */
export function readSources(): Sources {
  const found = new Map<string, string>();
  for (const top of ['src-shared', 'src-main', 'src-renderer', 'test']) {
    for (const entry of readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      found.set(relative(ROOT, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }
  }
  return found;
}

const cache = new Map<string, { readonly source: string; readonly imports: readonly string[] }>();

/** Static, dynamic imports, and the files that become worker entries by `new URL` of every file. */
export function importsOf(sources: Sources): readonly Import[] {
  const imports: Import[] = [];
  for (const [from, source] of sources) {
    for (const specifier of specifiersOf(from, source)) imports.push({ from, to: resolve(from, specifier) });
  }
  return imports;
}

function specifiersOf(path: string, source: string): readonly string[] {
  const cached = cache.get(path);
  if (cached?.source === source) return cached.imports;
  const { module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const imports = new Set<string>();
  for (const item of module.staticImports) imports.add(item.moduleRequest.value);
  for (const item of module.staticExports)
    for (const entry of item.entries) if (entry.moduleRequest) imports.add(entry.moduleRequest.value);
  for (const item of module.dynamicImports) imports.add(source.slice(item.moduleRequest.start + 1, item.moduleRequest.end - 1));
  for (const match of source.matchAll(/new URL\(\s*'([^']+\.tsx?)'\s*,\s*import\.meta\.url/g)) imports.add(match[1]!);
  for (const match of source.matchAll(/import\('([^']+)'\)/g)) imports.add(match[1]!);
  cache.set(path, { source, imports: [...imports] });
  return [...imports];
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) {
    if (specifier.startsWith('node:')) return specifier;
    const parts = specifier.split('/');
    return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
  }
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
