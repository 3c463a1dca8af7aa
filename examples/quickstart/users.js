import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** @type {(...args) => Promise<Buffer>} */
const derive = promisify(scrypt);

// Who exists, and whether a password is right, is the app's own job. Yours asks a database.

const users = new Map();
await setPassword('alice', 'wonderland');
await setPassword('bob', 'builder');

// Compared where there is no such user, so that the time an answer takes does not tell who exists.
const nobody = await hash(randomBytes(16).toString('hex'));

/** The user, or undefined; not which of the two was wrong. */
export async function checkPassword(username, password) {
  const user = users.get(username);
  const right = await matches(password, user?.hash ?? nobody);
  return right ? user : undefined;
}

export function findUser(id) {
  return users.get(id);
}

export async function setPassword(id, password) {
  users.set(id, { id, hash: await hash(password) });
}

async function hash(password) {
  const salt = randomBytes(16);
  return { salt, key: await stretch(password, salt) };
}

async function matches(password, { salt, key }) {
  return timingSafeEqual(await stretch(password, salt), key);
}

function stretch(password, salt) {
  // Quick, for a demo: OWASP asks for p: 5 at this N, which takes five times as long.
  return derive(password.normalize('NFKC'), salt, 32, { N: 2 ** 14, r: 8, p: 1 });
}
