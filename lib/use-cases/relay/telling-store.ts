import type { SessionStore } from '../../store/session-store';
import { tellers, type Told } from './told';

type Method = (...given: unknown[]) => unknown;

/**
 * A store that tells of each entry as soon as it is written: the one place where every change passes, whichever use case makes it. All
 * else is the store's own.
 */
export function tellingStore(store: SessionStore, tell: (told: readonly Told[]) => void): SessionStore {
  const methods = new Map<string, unknown>();
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      const known = methods.get(name) ?? methodOf(target, name, value as Method);
      methods.set(name, known);
      return known;
    },
  });

  function methodOf(target: SessionStore, name: string, method: Method): Method {
    const teller = (tellers as Readonly<Record<string, Method | undefined>>)[name];
    // Bound to the store itself: its private members are not the proxy's.
    if (!teller) return method.bind(target);
    return async function tellAfterwards(...given) {
      const outcome = await method.apply(target, given);
      tell(teller(given[0], outcome) as readonly Told[]);
      return outcome;
    };
  }
}
