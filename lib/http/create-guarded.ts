import type { SessionError } from '../domain/error';
import type { SessionManager } from '../session-manager';
import type { CreateInput, JudgedSignIn } from '../use-cases/inputs';
import type { CreateOutcome } from '../use-cases/outcomes';
import type { loginAttempt } from './login-attempt';
import type { Refused } from './taken-over';

/**
 * Makes a session of a right password, unless a guard refuses it by then. Only whoever is taken for the user has succeeded: a password that
 * earns a session which owes a second factor would else buy, each time it is shown, another budget to guess that factor (A68).
 */
export async function createGuarded<Data extends object>(
  sessions: SessionManager<Data>,
  attempt: ReturnType<typeof loginAttempt>,
  input: CreateInput<Data>,
): Promise<CreateOutcome<Data> | Refused> {
  if (!attempt) return sessions.create(input);
  const isJudged = sessions.settings.risk !== undefined;
  // One that comes too late must not show by how long a judgement takes.
  const early = await (isJudged ? attempt.weighed() : attempt.succeeded(input.deviceId));
  if (early) return { status: 'refused', error: early };
  if (!isJudged) return sessions.create(input);

  let late: SessionError | undefined;
  const onJudged = async ({ proven }: JudgedSignIn): Promise<void> => {
    late = await (proven ? attempt.succeeded(input.deviceId) : attempt.weighed());
    if (late) throw late;
  };
  try {
    return await sessions.create({ ...input, failures: input.failures ?? attempt.failures, onJudged });
  } catch (error) {
    if (late && error === late) return { status: 'refused', error: late };
    throw error;
  }
}
