import type { RaiseFloor, RaiseFloorOutcome } from '../../../store/fleet';
import type { Backend } from '../backend';

const tags = 0x1000;
// Others get their turn in between, and where replicas are waited for these share one WAIT.
const atOnce = 64;

/** One floor for the users of each tag: a script reads no key outside its user's slot. */
export async function raiseFloor({ security, keys }: Backend, command: RaiseFloor): Promise<RaiseFloorOutcome> {
  const { floor, notAfter, reason } = command;
  let isDurable = true;
  for (let first = 0; first < tags; first += atOnce) {
    const some = Array.from({ length: atOnce }, (_, index) => (first + index).toString(16).padStart(3, '0'));
    const written = await Promise.all(
      some.map((tag) => security.write('raiseFloor', [keys.floor(tag)], { at: floor, notAfter }, [reason])),
    );
    isDurable &&= written.every(({ durable }) => durable);
  }
  return { durable: isDurable };
}
