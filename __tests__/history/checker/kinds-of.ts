import { checkHistory } from './check-history';
import type { Story } from './story';
import type { ViolationKind } from './violation';

/** What the checker finds, without the details. */
export function kindsOf({ history }: Story): ViolationKind[] {
  return checkHistory(history).violations.map(({ kind }) => kind);
}
