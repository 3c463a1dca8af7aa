import type { GeoResolver } from '../../options/geo';

/** How many open managers have each resolver. */
const owners = new WeakMap<GeoResolver, number>();

/** Whether it is the first to have it, so that it is to be opened. */
export function isFirstOwner(resolver: GeoResolver): boolean {
  const others = owners.get(resolver) ?? 0;
  owners.set(resolver, others + 1);
  return others === 0;
}

/** Whether nobody has it any more, so that it is to be closed. Once for each that has had it. */
export function isLastOwner(resolver: GeoResolver): boolean {
  const others = owners.get(resolver)! - 1;
  owners.set(resolver, others);
  return others === 0;
}
