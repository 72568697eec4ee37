import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { SECURITY_HEADERS } from '../../src-shared/config/index.ts';
import { AppError } from '../../src-shared/errors/index.ts';

interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  readonly gzip: Buffer | null;
  readonly tag: string;
  readonly forever: boolean;
}

/** The built page in memory, by URL path. What is not in here does not exist: there is no path to traverse. */
export type Page = ReadonlyMap<string, PageFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Reads the built page. Throws `bridge.page-missing` when there is none. */
export async function loadPage(folder: string): Promise<Page> {
  const page = new Map<string, PageFile>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    page.set(path, pageFile(path, type, await readFile(file)));
  }
  const index = page.get('/index.html');
  if (index === undefined) throw new AppError('bridge.page-missing', { folder });
  return page.set('/', index);
}

function pageFile(path: string, type: string, body: Buffer): PageFile {
  const squeezed = /^(text|application|image\/svg)/.test(type) ? gzipSync(body, { level: constants.Z_BEST_COMPRESSION }) : body;
  return {
    type,
    body,
    gzip: squeezed.length < body.length ? squeezed : null,
    tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    forever: path.startsWith('/assets/'),
  };
}

export function answerPage(page: Page, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '').split(/[?#]/, 1)[0]!;
  const file = page.get(path);
  if (request.method !== 'GET' && request.method !== 'HEAD') answerEmpty(response, 405, { allow: 'GET, HEAD' });
  else if (file === undefined) answerEmpty(response, 404);
  else answerFile(file, request, response);
}

/** An answer without a body, with the same headers as the page. */
export function answerEmpty(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { ...SECURITY_HEADERS, ...headers, 'content-length': '0' }).end();
}

function answerFile(file: PageFile, request: IncomingMessage, response: ServerResponse): void {
  const caching = { 'cache-control': file.forever ? 'public, max-age=31536000, immutable' : 'no-cache', etag: file.tag };
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304, { ...SECURITY_HEADERS, ...caching }).end();
    return;
  }
  const squeezed = file.gzip !== null && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? file.gzip : null;
  const body = squeezed ?? file.body;
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    ...caching,
    'content-type': file.type,
    'content-length': body.length,
    vary: 'accept-encoding',
    ...(squeezed === null ? {} : { 'content-encoding': 'gzip' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
