import type { RevokeAll } from '../store/commands';
import { mintAttempt } from '../tokens/mint';
import { announceEnded } from './announce-ended';
import type { Context } from './context';
import { endSession } from './end-session';
import { repeatPatiently } from './repeat-patiently';

/**
 * Ends what a fault left standing, with the original time. The session that was to be kept ends too: if the first attempt
 * did reach the store its new tokens, of `lostFamily`, were lost with the reply. Given others since, it is somebody's again.
 */
export async function retryRevokeAll(
  context: Context,
  userId: string,
  draft: () => Promise<RevokeAll>,
  lostFamily: Buffer | null,
): Promise<void> {
  const attempt = mintAttempt();
  await repeatPatiently({
    closing: context.closing.signal,
    onFailure: (error, final) =>
      context.events.emit('background.failed', { operation: 'revoke-all', error, final }),
    async attempt() {
      const first = await draft();
      const command = { ...first, attempt, except: null, rekey: null, notAfter: await context.time.notAfter() };
      const outcome = await context.store.revokeAll(command);
      if (first.except && lostFamily) {
        const { reason, actor } = first.ending;
        await endSession(context, { id: first.except, owner: first.user, family: lostFamily, reason, actor });
      }
      announceEnded(context, userId, command, outcome);
      return true;
    },
  });
}
