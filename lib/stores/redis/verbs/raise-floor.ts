import type { RaiseFloor } from '../../../store/fleet';
import type { Backend } from '../backend';

const tags = 0x1000;
// Redis is kept for a millisecond or two, and where replicas are waited for these share one WAIT.
const atOnce = 64;

/** One floor for the users of each tag: a script reads no key outside its user's slot. */
export async function raiseFloor({ security, keys }: Backend, command: RaiseFloor): Promise<void> {
  const { floor, notAfter, reason } = command;
  for (let first = 0; first < tags; first += atOnce) {
    const some = Array.from({ length: atOnce }, (_, index) => (first + index).toString(16).padStart(3, '0'));
    await Promise.all(
      some.map((tag) => security.write('raiseFloor', [keys.floor(tag)], { at: floor, notAfter }, [reason])),
    );
  }
}
