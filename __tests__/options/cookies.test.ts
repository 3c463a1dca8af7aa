import { readCookies } from '../../lib/options/cookies';
import { refusalOf } from '../fixtures/refusal-of';

const messageFor = (input: unknown): string => refusalOf(() => readCookies(input)).message;

test('A11 A12 by default the cookies are __Host-, secure and lax', () => {
  expect(readCookies(undefined)).toEqual({
    accessName: '__Host-sk-access',
    refreshName: '__Host-sk-refresh',
    deviceName: '__Host-sk-device',
    secure: true,
    sameSite: 'lax',
    domain: undefined,
  });
});

test('with a domain they are __Secure-', () => {
  expect(readCookies({ domain: 'example.com', prefix: 'app' })).toMatchObject({
    accessName: '__Secure-app-access',
    refreshName: '__Secure-app-refresh',
    domain: 'example.com',
  });
});

test('plain names only where secure: false is asked for', () => {
  expect(readCookies({ secure: false })).toMatchObject({
    accessName: 'sk-access',
    refreshName: 'sk-refresh',
    secure: false,
  });
  expect(readCookies({ secure: false, domain: 'localhost' }).accessName).toBe('sk-access');
});

test('the cookie of the device can be switched off', () => {
  expect(readCookies({ device: false }).deviceName).toBeNull();
  expect(messageFor({ device: 'no' })).toBe("cookies.device: expected true or false, got 'no'");
});

test.each(['strict', 'lax', 'none'])('sameSite %s is accepted', (sameSite) => {
  expect(readCookies({ sameSite }).sameSite).toBe(sameSite);
});

test('A12 sameSite none without secure is refused', () => {
  expect(messageFor({ sameSite: 'none', secure: false })).toBe(
    "cookies.sameSite: expected 'none' only together with secure, got 'none'",
  );
});

test.each([
  ['sameSite', 'Lax', "'strict', 'lax' or 'none', got 'Lax'"],
  ['sameSite', null, "'strict', 'lax' or 'none', got null"],
  ['secure', 'yes', "true or false, got 'yes'"],
  ['secure', 0, 'true or false, got 0'],
  ['prefix', '', "1 to 32 letters, digits, - or _, got ''"],
  ['prefix', 'a b', "1 to 32 letters, digits, - or _, got 'a b'"],
  ['prefix', 'a;', "1 to 32 letters, digits, - or _, got 'a;'"],
  ['prefix', 'a'.repeat(33), '1 to 32 letters, digits, - or _, got '],
  ['prefix', 1, '1 to 32 letters, digits, - or _, got 1'],
  ['domain', 'https://example.com', "a host name such as 'example.com', got 'https://example.com'"],
  ['domain', '.example.com', "a host name such as 'example.com', got '.example.com'"],
  ['domain', 'example.com; Path=/', "a host name such as 'example.com', got"],
  ['domain', 'example.com\r\nX: y', "a host name such as 'example.com', got"],
  ['domain', '-a.com', "a host name such as 'example.com', got"],
  ['domain', 'a..com', "a host name such as 'example.com', got"],
  ['domain', `${'a.'.repeat(127)}com`, "a host name such as 'example.com', got"],
  ['domain', '', "a host name such as 'example.com', got ''"],
  ['domain', null, "a host name such as 'example.com', got null"],
])('%s %j is refused', (name, value, words) => {
  expect(messageFor({ [name]: value })).toContain(`cookies.${name}: expected ${words}`);
});

test('an unknown name is refused with the one that was meant', () => {
  expect(messageFor({ samesite: 'lax' })).toBe("cookies.samesite: unknown option; did you mean 'sameSite'?");
  expect(messageFor({ httpOnly: false })).toContain('known are prefix, secure, sameSite, domain, device');
});

test('the settings are frozen', () => {
  expect(Object.isFrozen(readCookies({}))).toBe(true);
});
