import { SessionManager } from '../../../lib/session-manager';
import { MemoryStore } from '../../../lib/stores/memory';
import type { IssueOneTimeTokenInput } from '../../../lib/use-cases/one-time-tokens/inputs';
import { rejectionOf } from '../../fixtures/refusal-of';

const sessions = new SessionManager({ store: new MemoryStore() });
afterAll(() => sessions.close());

const good: IssueOneTimeTokenInput = { purpose: 'registration', lifetime: '10m' };
const issue = (changes: object) => sessions.oneTimeTokens.issue({ ...good, ...changes });

const json = (bytes: number): object => ({ text: 'x'.repeat(bytes - '{"text":""}'.length) });

test.each([
  ['a', '10s'],
  ['sign-up_2', '24h'],
  ['p'.repeat(32), '1d'],
  ['login', '600s'],
] as const)('a purpose %p and a lifetime of %p are taken', async (purpose, lifetime) => {
  expect((await issue({ purpose, lifetime })).status).toBe('issued');
});

test.each([
  ['purpose', undefined],
  ['purpose', ''],
  ['purpose', 'Login'],
  ['purpose', '2fa'],
  ['purpose', 'a b'],
  ['purpose', 'a:b'],
  ['purpose', 'p'.repeat(33)],
  ['purpose', 7],
  ['lifetime', undefined],
  ['lifetime', '9999ms'],
  ['lifetime', '86400001ms'],
  ['lifetime', 60_000],
  ['lifetime', 'soon'],
  ['lifetime', null],
  ['userId', ''],
  ['userId', null],
  ['userId', 'x'.repeat(513)],
  ['data', 'text'],
  ['data', []],
  ['data', { at: () => 1 }],
  ['data', JSON.parse('{"__proto__":{"admin":true}}') as object],
  ['data', json(4_097)],
  ['maxUses', 0],
  ['maxUses', 1_001],
  ['maxUses', 1.5],
  ['maxUses', '2'],
  ['maxUses', null],
  ['actor', { type: 'root' }],
])('A57 %s cannot be %p', async (field, value) => {
  const error = await rejectionOf(issue({ [field]: value }));
  expect([error.code, error.field]).toEqual(['request_invalid', field]);
});

test('data of exactly 4 KiB and a thousand uses are taken', async () => {
  const { token } = await issue({ data: json(4_096), maxUses: 1_000 });
  expect(await sessions.oneTimeTokens.redeem(token, { purpose: 'registration' })).toMatchObject({
    status: 'redeemed',
    data: json(4_096),
    remainingUses: 999,
  });
});

test('an option that is unknown is refused, by its name', async () => {
  expect((await rejectionOf(issue({ maxUse: 2 }))).detail).toContain("did you mean 'maxUses'?");
  const redeem = sessions.oneTimeTokens.redeem('', { purpose: 'login', pupose: 'x' } as { purpose: string });
  expect((await rejectionOf(redeem)).detail).toContain("did you mean 'purpose'?");
});

test.each(['limit_resolution', 'session_exchange', 'fleet_ending'])(
  'A7 what the library itself uses, %s, cannot be issued or redeemed by an app',
  async (purpose) => {
    expect(await rejectionOf(issue({ purpose }))).toMatchObject({ code: 'request_invalid', field: 'purpose' });
    const { token } = await issue({});
    expect(await rejectionOf(sessions.oneTimeTokens.redeem(token, { purpose }))).toMatchObject({
      code: 'request_invalid',
      field: 'purpose',
    });
    expect((await sessions.oneTimeTokens.redeem(token, { purpose: 'registration' })).status).toBe('redeemed');
  },
);
