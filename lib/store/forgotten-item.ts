import { isOfAccount } from '../domain/audit-vocabulary';
import type { Erase } from './erasure';
import type { FeedItem } from './outbox';

/** Whether an entry on its way to sinks is about those who are to be forgotten. */
export function isAbout({ entry, userId }: FeedItem, forgotten: Pick<Erase, 'userId' | 'account'>): boolean {
  if (userId !== null) return userId === forgotten.userId;
  return forgotten.account !== null && isOfAccount(entry.event) && entry.subject === forgotten.account;
}
