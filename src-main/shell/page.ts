import { promises as files } from 'node:fs';
import { extname, join } from 'node:path';
import { PAGE_ORIGIN, SECURITY_HEADERS } from '../../src-shared/config/index.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Answers the page's scheme from the built folder. Only plain names of known kinds: nothing that could climb out of it. */
export function pageHandler(folder: string): (request: { readonly url: string; readonly method: string }) => Promise<Response> {
  return async ({ url, method }) => {
    const file = fileOf(url);
    const type = file === null ? undefined : TYPES[extname(file)];
    if (file === null || type === undefined || method !== 'GET') return empty(404);
    const body = await files.readFile(join(folder, file)).catch(() => null);
    return body === null ? empty(404) : new Response(new Uint8Array(body), { headers: { ...SECURITY_HEADERS, 'content-type': type } });
  };
}

/** "/" is index.html; otherwise one name, or one name inside "assets". */
function fileOf(url: string): string | null {
  if (!url.startsWith(`${PAGE_ORIGIN}/`)) return null;
  const path = url.slice(PAGE_ORIGIN.length + 1).split(/[?#]/, 1)[0]!;
  if (path === '') return 'index.html';
  return /^(assets\/)?[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(path) ? path : null;
}

function empty(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}
