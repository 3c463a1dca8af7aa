import type { AdminEndpoint } from './guard/context';
import { clearUserLimit } from './routes/clear-user-limit';
import { countSessions } from './routes/count-sessions';
import { endAnySession } from './routes/end-any-session';
import { endFleet } from './routes/end-fleet';
import { endUserSession } from './routes/end-user-session';
import { endUserSessions } from './routes/end-user-sessions';
import { eraseUser } from './routes/erase-user';
import { exportUser } from './routes/export-user';
import { findSession } from './routes/find-session';
import { introspectToken } from './routes/introspect-token';
import { issueOneTimeToken } from './routes/issue-one-time-token';
import { listDeadLetters } from './routes/list-dead-letters';
import { listUserSessions } from './routes/list-user-sessions';
import { redeliverDeadLetters } from './routes/redeliver-dead-letters';
import { revokeToken } from './routes/revoke-token';
import { setUserLimit } from './routes/set-user-limit';
import { showAccessLog } from './routes/show-access-log';
import { showAccountHistory } from './routes/show-account-history';
import { showAccountLock } from './routes/show-account-lock';
import { showAuditFeed } from './routes/show-audit-feed';
import { showFleetEnding } from './routes/show-fleet-ending';
import { showUserHistory } from './routes/show-user-history';
import { showUserLimit } from './routes/show-user-limit';
import { showUserSession } from './routes/show-user-session';
import { startImpersonation } from './routes/start-impersonation';
import { stopImpersonation } from './routes/stop-impersonation';
import { unlockAccount } from './routes/unlock-account';

/** Everything that `adminRouter` does, in the order in which it is documented. */
export const adminEndpoints: readonly AdminEndpoint[] = [
  listUserSessions,
  endUserSessions,
  showUserSession,
  endUserSession,
  showUserLimit,
  setUserLimit,
  clearUserLimit,
  showAccountLock,
  unlockAccount,
  exportUser,
  eraseUser,
  findSession,
  endAnySession,
  countSessions,
  endFleet,
  showFleetEnding,
  introspectToken,
  revokeToken,
  startImpersonation,
  stopImpersonation,
  issueOneTimeToken,
  showUserHistory,
  showAccountHistory,
  showAccessLog,
  showAuditFeed,
  listDeadLetters,
  redeliverDeadLetters,
];
