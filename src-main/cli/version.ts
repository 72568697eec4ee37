import { readFileSync } from 'node:fs';

/** From package.json, so that there is one place for it. */
export const PRODUCT_VERSION: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
