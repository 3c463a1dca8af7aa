import { type Forgotten, withoutUser } from '../../../store/forgotten-access';
import { decodeAccess, encodeAccess } from '../access-codec';
import type { Backend } from '../backend';
import type { Argument } from '../reply';

const partsEach = 3;
// Redis serves nobody else while it looks at them.
const atOnce = 1_000;

/** Finds the calls that name the user, and puts others in their place. Whether replicas have it. */
export async function forgetAccess(
  { scripts, security, keys, stamp }: Backend,
  forgotten: Forgotten,
): Promise<boolean> {
  const streams = [keys.accessLog(), keys.anonymousAccessLog()];
  const replacements: Argument[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const page = await scripts.read('accessLog', streams, [after, atOnce, 1, 0]);
    after = undefined;
    for (let part = 0; part < page.length; part += partsEach) {
      const [name, id, stored] = page.slice(part, part + partsEach).map(String);
      const entry = decodeAccess(id!, stored!);
      const instead = withoutUser(entry, forgotten);
      if (instead) replacements.push(entry.actor === null ? 2 : 1, name!, encodeAccess(instead));
      if (part + partsEach === atOnce * partsEach) after = name;
    }
  }
  if (replacements.length === 0) return true;
  // Reading a full log may have taken longer than one deadline.
  return (await security.write('forgetAccess', streams, await stamp(), replacements)).durable;
}
