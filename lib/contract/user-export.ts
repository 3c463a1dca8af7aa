import { z } from 'zod';
import { accessLogPage } from './access-log-page';
import { accountLock } from './account-lock';
import { documented } from './documented';
import { fullHistoryEntry } from './history-page';
import { session } from './session';

const sessions = z.array(session);
const history = z.array(fullHistoryEntry);

/** The answer of `GET /users/{userId}/export`: all that is kept of a user. */
export const userExport = z
  .strictObject({
    userId: z.string(),
    exportedAt: z.iso.datetime(),
    sessions: z.strictObject({ active: sessions, expired: sessions, ended: sessions }),
    history,
    limit: z.int().positive().nullable(),
    oneTimeTokens: z.array(
      z.strictObject({ purpose: z.string(), expiresAt: z.iso.datetime(), uses: z.int().nonnegative() }),
    ),
    accessLog: accessLogPage.shape.data,
    audit: z.strictObject({ waiting: history, deadLetters: history, feed: history }),
    accounts: z.array(z.strictObject({ ...accountLock.shape, history })),
  })
  .register(documented, { id: 'UserExport', description: 'All that is kept of a user.' });
