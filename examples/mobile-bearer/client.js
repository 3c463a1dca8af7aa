import { SessionClient } from './session-client.js';

const [base = 'http://localhost:3000'] = process.argv.slice(2);

let tokens = {};
const vault = {
  load: async () => tokens,
  save: async (fresh) => void (tokens = fresh),
  clear: async () => void (tokens = {}),
};

// A network that loses the first answer to a renewal, after the server has done its work.
let lost = false;
async function mobileNetwork(url, init) {
  const response = await fetch(url, init);
  if (lost || !String(url).endsWith('/refresh')) return response;
  lost = true;
  throw new Error('connection lost');
}

const client = new SessionClient(base, vault, mobileNetwork);

const { device } = await client.signIn('alice', 'wonderland');
console.log(`signed in on ${device.model ?? 'an unknown device'}, ${device.os ?? 'unknown system'}`);

const { userId } = await client.call('GET', '/me');
console.log(`the access token opens /me: ${userId}`);

await client.refresh();
console.log(`renewed${lost ? ', although the first answer was lost' : ''}`);

await client.call('GET', '/me');
console.log('the new access token opens /me');

const { accessToken } = await vault.load();
await client.signOut();
const refused = await fetch(`${base}/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
const { code, reason } = await refused.json();
console.log(`signed out; the same access token now gets ${refused.status} ${code} (${reason})`);
