import { SessionManager } from '../../../lib/session-manager';
import { MemoryStore } from '../../../lib/stores/memory';
import { newPkce } from '../../fixtures/pkce';
import { rejectionOf } from '../../fixtures/refusal-of';

const sessions = new SessionManager({ store: new MemoryStore() });
afterAll(() => sessions.close());

const { codeChallenge, codeVerifier } = newPkce();
const issue = (changes: object = {}) => sessions.exchange.issue({ userId: 'alice', codeChallenge, ...changes });

test.each([
  ['userId', undefined],
  ['userId', ''],
  ['codeChallenge', undefined],
  ['codeChallenge', codeChallenge.slice(1)],
  ['codeChallenge', `${codeChallenge}A`],
  ['codeChallenge', `${codeChallenge.slice(1)}=`],
  ['transport', 'carrier pigeon'],
  ['lifetime', '9s'],
  ['lifetime', '11m'],
  ['lifetime', 60],
  ['applicationId', ''],
  ['startedAt', 'now'],
  ['remember', 'yes'],
  ['scope', ['two words']],
  ['data', []],
  ['methods', 'pwd'],
  ['authenticatedAt', -1],
])('A57 %s cannot be %p: it is told when the token is issued', async (field, value) => {
  const error = await rejectionOf(issue({ [field]: value }));
  expect([error.code, error.field]).toEqual(['request_invalid', field]);
});

test.each([undefined, '', 'x'.repeat(42), 'x'.repeat(129), `${'x'.repeat(42)}+`, 7])(
  'what is no verifier, %p, is told, and the token is not spent',
  async (wrong) => {
    const { requestToken } = await issue();
    const redeem = sessions.exchange.redeem(requestToken, { codeVerifier: wrong as string });
    expect(await rejectionOf(redeem)).toMatchObject({ code: 'request_invalid', field: 'codeVerifier' });
    expect((await sessions.exchange.redeem(requestToken, { codeVerifier })).status).toBe('created');
  },
);

test.each(['-._~'.repeat(11), 'x'.repeat(43), 'x'.repeat(128)])('a verifier may be %p', async (verifier) => {
  const { requestToken } = await issue(newChallenge(verifier));
  expect((await sessions.exchange.redeem(requestToken, { codeVerifier: verifier })).status).toBe('created');
});

test('RFC 7636 appendix B: the verifier and the challenge of the standard belong together', async () => {
  const { requestToken } = await issue({ codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' });
  const outcome = await sessions.exchange.redeem(requestToken, {
    codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  });
  expect(outcome.status).toBe('created');
});

test('plain is not offered: a challenge that is its own verifier opens nothing', async () => {
  const { requestToken } = await issue();
  expect((await sessions.exchange.redeem(requestToken, { codeVerifier: codeChallenge })).status).toBe('invalid');
});

test('an option that is unknown is refused, by its name', async () => {
  expect((await rejectionOf(issue({ codeChalenge: 'x' }))).detail).toContain("did you mean 'codeChallenge'?");
  const { requestToken } = await issue();
  const redeem = sessions.exchange.redeem(requestToken, { codeVerifier, clients: {} } as never);
  expect((await rejectionOf(redeem)).detail).toContain("did you mean 'client'?");
});

function newChallenge(verifier: string): { readonly codeChallenge: string } {
  return { codeChallenge: newPkce(verifier).codeChallenge };
}
