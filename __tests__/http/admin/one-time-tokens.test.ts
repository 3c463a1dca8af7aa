import { oneTimeToken } from '../../../lib/contract/one-time-token';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

describe.each(frameworks)('one-time tokens that administrators issue on $name', (framework) => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench({ framework })));
  afterEach(() => bench.sessions.close());

  test('A7: are good for their purpose, as often as was said, and the user’s history tells who issued them', async () => {
    const body = { purpose: 'registration', lifetime: '10m', userId: 'alice', data: { plan: 'gold' }, maxUses: 2 };
    const answer = await bench.call('post', '/one-time-tokens').send(body).expect(201);
    const { token, expiresAt } = oneTimeToken.parse(answer.body);
    expect(Date.parse(expiresAt)).toBe(bench.time.now() + 600_000);
    const { oneTimeTokens } = bench.sessions;
    expect(await oneTimeTokens.redeem(token, { purpose: 'invitation' })).toMatchObject({ status: 'invalid' });
    const redeemed = { status: 'redeemed', userId: 'alice', data: { plan: 'gold' } };
    for (const remainingUses of [1, 0]) {
      expect(await oneTimeTokens.redeem(token, { purpose: 'registration' })).toEqual({
        ...redeemed,
        remainingUses,
      });
    }
    expect(await oneTimeTokens.redeem(token, { purpose: 'registration' })).toMatchObject({ status: 'spent' });
    const { data } = await bench.sessions.history('alice');
    expect(data.at(-1)).toMatchObject({ event: 'one_time_token_issued', actor: { type: 'admin', id: 'root' } });
    const log = await bench.sessions.access.history({ limit: 1 });
    expect(log.data).toMatchObject([{ operation: 'issueOneTimeToken', userId: 'alice' }]);
    expect(JSON.stringify([data, log])).not.toContain(token);
  });

  test.each([
    ['purpose', {}],
    ['purpose', { purpose: 'Two Words', lifetime: '10m' }],
    ['purpose', { purpose: 'session_exchange', lifetime: '10m' }],
    ['lifetime', { purpose: 'registration' }],
    ['lifetime', { purpose: 'registration', lifetime: 600 }],
    ['lifetime', { purpose: 'registration', lifetime: '1s' }],
    ['lifetime', { purpose: 'registration', lifetime: '25h' }],
    ['lifetime', { purpose: 'registration', lifetime: '999999999999999d' }],
    ['userId', { purpose: 'registration', lifetime: '10m', userId: '' }],
    ['data', { purpose: 'registration', lifetime: '10m', data: ['x'] }],
    ['data', { purpose: 'registration', lifetime: '10m', data: { text: 'x'.repeat(5_000) } }],
    ['maxUses', { purpose: 'registration', lifetime: '10m', maxUses: 0 }],
    ['maxUses', { purpose: 'registration', lifetime: '10m', maxUses: 1_001 }],
  ])('are refused for their %s: %j', async (field, body) => {
    const answer = await bench.call('post', '/one-time-tokens').send(body).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid', field });
  });
});
