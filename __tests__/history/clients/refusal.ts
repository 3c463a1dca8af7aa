import type { No } from '../history';
import type { HttpAnswer } from './http-answer';

/** What an answer that is no success says; undefined for a success. */
export function refusalIn(answer: HttpAnswer): No | undefined {
  if (answer.status !== 'answered') return { status: answer.status };
  const { http } = answer;
  if (http < 300) return undefined;
  const { code = 'none', reason = null } = (answer.body ?? {}) as { code?: string; reason?: string };
  // The attempt goes on behind the answer.
  if (code === 'sessions_not_revoked') return { status: 'lost' };
  if (http === 503) return { status: 'unavailable', code };
  return { status: 'refused', http, code, reason };
}
