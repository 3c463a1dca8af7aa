import { inspect } from 'node:util';
import { readApiSecrets } from '../../lib/options/api-secrets';
import { apiSecretDigest, apiSecretHash, mintApiSecret } from '../../lib/tokens/api-secret';

const secret = mintApiSecret();
const hash = apiSecretHash(secret)!;
const entry = { id: 'support', hash, scopes: ['users:read'] };

function refusalOf(value: unknown): string {
  try {
    readApiSecrets(value, 'adminRouter.secrets');
  } catch (error) {
    expect(error).toMatchObject({ code: 'options_invalid' });
    // Neither is shown, however the error is looked at.
    const [told, wrong] = [inspect(error, { depth: 20 }), mintApiSecret()];
    expect(told.includes(secret) || told.includes(wrong)).toBe(false);
    return (error as Error).message;
  }
  return 'accepted';
}

test('secrets are parsed and frozen, all the way down', () => {
  const [one, two] = readApiSecrets(
    [
      { ...entry, scopes: ['users:read', 'audit:read', 'users:read'], expiresAt: '2027-01-31' },
      { id: 'Old_one.2', hash: apiSecretHash(mintApiSecret()), scopes: ['fleet:write'], expiresAt: undefined },
    ],
    'secrets',
  );
  expect(one).toEqual({
    id: 'support',
    digest: apiSecretDigest(secret),
    scopes: ['users:read', 'audit:read'],
    expiresAt: Date.UTC(2027, 0, 31),
  });
  expect([two!.id, two!.scopes, two!.expiresAt]).toEqual(['Old_one.2', ['fleet:write'], Infinity]);
  expect([Object.isFrozen(one), Object.isFrozen(one!.scopes)]).toEqual([true, true]);
});

test.each([
  ['2027-01-31', Date.UTC(2027, 0, 31)],
  ['2027-01-31T12:30Z', Date.UTC(2027, 0, 31, 12, 30)],
  ['2027-01-31T12:30:15.250Z', Date.UTC(2027, 0, 31, 12, 30, 15, 250)],
  ['2027-01-31T12:30:15+02:00', Date.UTC(2027, 0, 31, 10, 30, 15)],
  ['2028-02-29', Date.UTC(2028, 1, 29)],
])('%s is an end', (expiresAt, instant) => {
  expect(readApiSecrets([{ ...entry, expiresAt }], 'secrets')[0]!.expiresAt).toBe(instant);
});

test.each([
  [undefined, /^adminRouter\.secrets: expected an array of at least one secret .*npx sessionkeeper secret/],
  [[], /^adminRouter\.secrets: expected an array of at least one secret .*, got an array$/],
  [entry, /^adminRouter\.secrets: expected an array/],
  [[undefined], /^adminRouter\.secrets\[0\]: expected an object, got undefined$/],
  [[hash], /^adminRouter\.secrets\[0\]: expected an object/],
  [[{ ...entry, scope: [] }], /^adminRouter\.secrets\[0\]\.scope: unknown option; did you mean 'scopes'\?$/],
  [[{ ...entry, id: undefined }], /^adminRouter\.secrets\[0\]\.id: expected a name of 1 to 64 letters/],
  [[{ ...entry, id: 'a:b' }], /^adminRouter\.secrets\[0\]\.id: expected a name .*, got 'a:b'$/],
  [[{ ...entry, id: 'x'.repeat(65) }], /^adminRouter\.secrets\[0\]\.id: /],
  [[{ ...entry, id: secret }], /^adminRouter\.secrets\[0\]\.id: /],
  [[{ ...entry, hash: undefined }], /^adminRouter\.secrets\[0\]\.hash: expected what `npx sessionkeeper secret`/],
  [[{ ...entry, hash: hash.slice(0, -1) }], /^adminRouter\.secrets\[0\]\.hash: expected .* of 49 characters$/],
  [[{ ...entry, hash: `${hash.slice(0, -1)}B` }], /^adminRouter\.secrets\[0\]\.hash: expected /],
  [[{ ...entry, hash: hash.slice(7) }], /^adminRouter\.secrets\[0\]\.hash: expected /],
  [[{ ...entry, scopes: [] }], /^adminRouter\.secrets\[0\]\.scopes: expected an array of scopes .*at least one/],
  [[{ ...entry, scopes: 'users:read' }], /^adminRouter\.secrets\[0\]\.scopes: expected an array of scopes/],
  [[{ ...entry, scopes: [7] }], /^adminRouter\.secrets\[0\]\.scopes: expected scopes, each a text, got 7$/],
  [
    [{ ...entry, scopes: ['user:read'] }],
    /^adminRouter\.secrets\[0\]\.scopes: no scope is called 'user:read'; did you mean 'users:read'\?$/,
  ],
  [[{ ...entry, scopes: ['everything'] }], /no scope is called 'everything'; known are users:read, users:write,/],
  [[{ ...entry, expiresAt: 1_800_000_000 }], /^adminRouter\.secrets\[0\]\.expiresAt: expected an ISO 8601 date/],
  [[{ ...entry, expiresAt: '2027-01-31T12:00' }], /^adminRouter\.secrets\[0\]\.expiresAt: /],
  [[{ ...entry, expiresAt: '2027-02-30' }], /^adminRouter\.secrets\[0\]\.expiresAt: /],
  [[{ ...entry, expiresAt: 'never' }], /^adminRouter\.secrets\[0\]\.expiresAt: /],
  [
    [entry, { ...entry, hash: apiSecretHash(mintApiSecret()) }],
    /^adminRouter\.secrets\[1\]\.id: 'support' is taken; each secret has an id of its own$/,
  ],
  [[entry, { ...entry, id: 'twin' }], /^adminRouter\.secrets\[1\]\.hash: it is that of 'support' too/],
])('refuses %j, naming the option and the fix', (value, message) => {
  expect(refusalOf(value)).toMatch(message);
});

test.each([secret, `${secret}\n`])(
  'A65 a secret in place of its hash is refused with the hash to configure, and without the secret',
  (given) => {
    expect(refusalOf([{ ...entry, hash: given }])).toBe(
      `adminRouter.secrets[0].hash: expected the hash of the secret, got the secret itself; configure '${hash}', and give the secret to its caller alone`,
    );
  },
);

test.each([
  secret,
  [secret],
  [{ ...entry, scopes: [secret] }],
  [{ ...entry, expiresAt: secret }],
  [{ [secret]: 1 }],
])('A65 a secret anywhere else is not shown either', (given) => {
  const message = refusalOf(given);
  expect(message).toMatch(/^adminRouter\.secrets/);
  expect(message).not.toContain(secret.slice(4, 12));
});
