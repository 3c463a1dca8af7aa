import type { Erase } from '../../../store/erasure';
import { isAbout } from '../../../store/forgotten-item';
import type { Backend } from '../backend';
import { decodeLetter } from '../outbox/letter-codec';
import { bytesOf } from '../reply';

const partsEach = 2;
// Redis serves nobody else while it looks at them.
const atOnce = 1_000;

/**
 * Finds the entries of the feed that are about them, and removes them. Whether replicas have that. Each page is a step with a deadline of
 * its own, since a full feed takes longer than one; what was removed stays removed when a later page fails.
 */
export async function forgetFeed(
  { scripts, security, keys, stamp }: Backend,
  forgotten: Pick<Erase, 'userId' | 'account'>,
): Promise<boolean> {
  let durable = true;
  for (let after: string | undefined = ''; after !== undefined;) {
    const names: string[] = [];
    const page = await scripts.read('readFeed', [keys.feed()], [after, atOnce]);
    after = undefined;
    for (let part = 0; part < page.length; part += partsEach) {
      const name = String(page[part]);
      const letter = decodeLetter(bytesOf(page[part + 1]));
      if (letter && isAbout(letter, forgotten)) names.push(name);
      if (part + partsEach === atOnce * partsEach) after = name;
    }
    if (names.length > 0) {
      const removed = await security.write('forgetFeed', [keys.feed()], await stamp(), names);
      durable &&= removed.durable;
    }
  }
  return durable;
}
