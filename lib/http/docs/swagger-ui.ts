import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SessionError } from '../../domain/error';

/** A file of the page. */
export interface Asset {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The files of `swagger-ui-dist` that the page needs. No other is ever read, whatever a path says. */
const types: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['favicon-32x32.png', 'image/png'],
]);

/** Read once: they change with an installation, and then the app is started again. */
const read = new Map<string, Promise<Uint8Array>>();

/**
 * A file of Swagger UI; undefined where it has none of that name that the page needs.
 *
 * @throws SessionError `not_found`, naming the command, where the package is not installed
 */
export async function swaggerAsset(name: string): Promise<Asset | undefined> {
  const type = types.get(name);
  if (type === undefined) return undefined;
  const path = join(swaggerFolder(), name);
  const reading = read.get(name) ?? readFile(path);
  read.set(name, reading);
  try {
    return { type, bytes: await reading };
  } catch (error) {
    read.delete(name);
    throw error;
  }
}

/**
 * Where the package is, once it is needed: apps without the page install none.
 *
 * @throws SessionError `not_found`, naming the command
 */
export function swaggerFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  } catch (cause) {
    throw new SessionError('not_found', {
      detail: "The page needs the package 'swagger-ui-dist', which is not installed: npm install swagger-ui-dist",
      cause,
    });
  }
}
