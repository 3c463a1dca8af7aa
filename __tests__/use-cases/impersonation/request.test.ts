import { idsOf } from '../../fixtures/devices';
import { impersonated, reason, support } from '../../fixtures/impersonations';
import { refusalOf, rejectionOf } from '../../fixtures/refusal-of';
import { SessionBench } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

describe('what it is given', () => {
  const bench = new SessionBench(storeKinds[0]!);
  const sessions = bench.open();
  afterAll(() => bench.close());
  const good = { actor: support, userId: 'alice', reason };

  test.each([
    [{ reason: undefined }, 'reason'],
    [{ reason: '' }, 'reason'],
    [{ reason: ' \t\n' }, 'reason'],
    [{ reason: 7 }, 'reason'],
    [{ reason: 'a'.repeat(257) }, 'reason'],
    [{ reason: 'ü'.repeat(129) }, 'reason'],
    [{ reason: 'a\nb' }, 'reason'],
    [{ reason: 'a\u0000b' }, 'reason'],
    [{ reason: 'a\u001b[31mb' }, 'reason'],
    [{ reason: 'a\u202eb' }, 'reason'],
    [{ reason: 'a\ud800b' }, 'reason'],
    [{ lifetime: '59s' }, 'lifetime'],
    [{ lifetime: '8.001h' }, 'lifetime'],
    [{ lifetime: '0s' }, 'lifetime'],
    [{ lifetime: 900 }, 'lifetime'],
    [{ lifetime: 'long' }, 'lifetime'],
    [{ userId: '' }, 'userId'],
    [{ userId: undefined }, 'userId'],
    [{ actor: undefined }, 'actor'],
    [{ actor: 'support-7' }, 'actor'],
    [{ actor: { ...support, id: '' } }, 'actor.id'],
    [{ actor: { ...support, id: 'a'.repeat(129) } }, 'actor.id'],
    [{ actor: { ...support, type: 'user' } }, 'actor.type'],
    [{ actor: { id: 'support-7' } }, 'actor.scopes'],
    [{ actor: { ...support, scopes: 'impersonate' } }, 'actor.scopes'],
    [{ actor: { ...support, sessionId: 'mine' } }, 'actor.sessionId'],
    [{ data: 7 }, 'data'],
    [{ applicationId: '' }, 'applicationId'],
  ])('%j is refused, naming the field', async (change, field) => {
    const error = await rejectionOf(sessions.impersonation.start({ ...good, ...change } as never));
    expect(error).toMatchObject({ code: 'request_invalid', field });
    expect(await idsOf(sessions, 'alice')).toEqual([]);
  });

  test.each([['a'], ['a'.repeat(256)], ['ü'.repeat(128)], ['„Zażółć“ – 🏳️‍🌈']])(
    'the reason %s is kept',
    async (text) => {
      const { session } = await impersonated(sessions, { userId: 'bob', reason: ` ${text} ` });
      expect(session.actor?.reason).toBe(text);
    },
  );

  test('nothing else counts: no remembering, no lifetimes, no time of login', async () => {
    for (const name of ['remember', 'lifetimes', 'authenticatedAt', 'methods', 'limit']) {
      const error = await rejectionOf(sessions.impersonation.start({ ...good, [name]: true }));
      expect(error).toMatchObject({ code: 'options_invalid', detail: expect.stringContaining(name) as string });
    }
    expect(refusalOf(() => bench.open({ impersonation: { visible: 1 } as never })).code).toBe('options_invalid');
  });
});
