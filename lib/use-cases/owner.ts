import { refuseUnknown } from '../options/read-options';
import { checkUserId } from './check';
import type { OwnerOption } from './inputs';

/**
 * The user whose session it must be; undefined where the caller leaves that out.
 *
 * @throws SessionError `request_invalid` where it is named but undefined: an app that lost its user must not lose the check
 */
export function readOwner(
  options: OwnerOption,
  method: string,
  others: readonly string[] = [],
): string | undefined {
  refuseUnknown(options, ['owner', ...others], method);
  if (!Object.hasOwn(options, 'owner')) return undefined;
  checkUserId(options.owner, 'owner');
  return options.owner;
}
