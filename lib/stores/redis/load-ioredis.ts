import { createRequire } from 'node:module';
import type * as Ioredis from 'ioredis';
import { SessionError } from '../../domain/error';

/** The client library, only once it is needed: apps on the memory store install none. */
export function loadIoredis(): typeof Ioredis {
  try {
    return createRequire(import.meta.url)('ioredis') as typeof Ioredis;
  } catch (cause) {
    throw new SessionError('options_invalid', {
      detail: "RedisStore.url: needs the package 'ioredis', which is not installed: npm install ioredis",
      cause,
    });
  }
}
