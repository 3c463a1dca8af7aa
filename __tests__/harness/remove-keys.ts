import { Redis } from 'ioredis';
import { runPrefix } from './test-redis';

/** Removes the keys of this run from a database, and no other: the server may be somebody else's. */
export async function removeKeys(url: string): Promise<void> {
  const client = new Redis(url);
  try {
    for await (const keys of client.scanStream({ match: `${runPrefix()}-*`, count: 1000 })) {
      if ((keys as string[]).length > 0) await client.unlink(keys as string[]);
    }
  } finally {
    client.disconnect();
  }
}
