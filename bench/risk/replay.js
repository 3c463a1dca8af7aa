import { userAgentOf } from './user-agents.js';
import { readStep } from './story.js';

/**
 * What the library made of one step of a story.
 *
 * @typedef {object} Judged
 * @property {string} story
 * @property {string} kind
 * @property {string} step
 * @property {boolean} isAttack
 * @property {'sign-in' | 'renewal' | 'use'} occasion
 * @property {import('sessionkeeper').RiskLevel | 'refused'} level `refused`: the token was known as spent or revoked
 * @property {readonly string[]} codes what was noticed
 * @property {number} score
 *
 * @typedef {object} Device
 * @property {string} name
 * @property {string} userAgent
 * @property {string | undefined} deviceId
 * @property {import('sessionkeeper').Tokens | undefined} tokens
 * @property {string | undefined} spent the refresh token of before
 *
 * @typedef {import('./story.js').Step} Step
 */

/** Between two failed logins: the longest delay of the lockout. */
const patience = 61_000;

/**
 * Lives a story through on a manager of its own, over the public API alone.
 *
 * @param {import('./story.js').Story} story
 * @param {(clock: () => number) => import('sessionkeeper').SessionManager} open
 * @returns {Promise<Judged[]>}
 */
export async function replay(story, open) {
  let now = Date.UTC(2026, 0, 5, 9);
  const sessions = open(() => now);
  const userId = 'somebody';
  const account = 'somebody@example.com';
  const devices = new Map(Object.entries(story.devices).map(([name, text]) => [name, openDevice(name, text)]));
  /** @type {Judged[]} */
  const judged = [];
  /** What was noticed of the step that is under way. @type {import('sessionkeeper').Risk | undefined} */
  let risk;
  let failures = 0;
  sessions.on('risk.noticed', (event) => {
    ({ risk } = event);
  });
  for (const text of story.steps) {
    const step = readStep(text);
    now += step.after;
    risk = undefined;
    await take(step, deviceNamed(step.device));
  }
  await sessions.close();
  return judged;

  /** @param {Step} step @param {Device} device */
  async function take(step, device) {
    const client = {
      userAgent: device.userAgent,
      ...(device.deviceId && { deviceId: device.deviceId }),
      ...step.place,
    };
    switch (step.verb) {
      case 'sign-in':
        return signIn(step, device, client);
      case 'use':
        return use(step, device, client);
      case 'renew':
        return renew(step, device, client, device.tokens?.refreshToken);
      case 'replay':
        return renew(step, device, client, device.spent);
      case 'fail':
        return fail(step.count, client);
      case 'steal':
        deviceNamed(step.rest).tokens = device.tokens;
        return;
      case 'become':
        device.userAgent = userAgentOf(step.rest);
        return;
      case 'clear':
        [device.deviceId, device.tokens] = [`${device.deviceId}+`, undefined];
        return;
      default:
        throw new Error(`No verb: ${step.text}`);
    }
  }

  /** @param {Step} step @param {Device} device @param {import('sessionkeeper').Client} client */
  async function signIn(step, device, client) {
    const verdict = await sessions.lockout.recordSuccess({ account, client }, { deviceId: client.deviceId });
    if (verdict.status === 'refused') return note(step, 'sign-in', false);
    const replaces = device.tokens?.refreshToken ? [device.tokens.refreshToken] : [];
    const outcome = await sessions.create({ userId, client, replaces, failures });
    if (outcome.status === 'created') [device.tokens, failures] = [outcome.tokens, 0];
    return note(step, 'sign-in', outcome.status === 'created');
  }

  /** As a browser: the access token while it lasts, then the refresh token. @param {Step} step @param {Device} device @param {import('sessionkeeper').Client} client */
  async function use(step, device, client) {
    if (device.tokens === undefined) throw new Error(`${step.text}: not signed in`);
    const outcome = await sessions.verify(device.tokens.accessToken, client);
    if (outcome.status === 'expired') return renew(step, device, client, device.tokens.refreshToken);
    return note(step, 'use', outcome.status === 'active');
  }

  /** @param {Step} step @param {Device} device @param {import('sessionkeeper').Client} client @param {string | undefined} token */
  async function renew(step, device, client, token) {
    if (token === undefined) throw new Error(`${step.text}: no token`);
    const outcome = await sessions.refresh(token, client);
    const isRenewed = outcome.status === 'rotated' || outcome.status === 'repeated';
    if (isRenewed) [device.spent, device.tokens] = [token, outcome.tokens];
    return note(step, 'renewal', isRenewed);
  }

  /** @param {number} count @param {import('sessionkeeper').Client} client */
  async function fail(count, client) {
    for (let attempt = 0; attempt < count; attempt++) {
      const verdict = await sessions.lockout.recordFailure({ account, client });
      if (verdict.status !== 'refused') failures++;
      now += patience;
    }
  }

  /** @param {Step} step @param {Judged['occasion']} occasion @param {boolean} isLetIn */
  async function note(step, occasion, isLetIn) {
    // What nobody waits for is written behind a use.
    await sessions.flush();
    judged.push({
      ...{ story: story.name, kind: story.kind, step: step.text, isAttack: step.isAttack, occasion },
      level: isLetIn ? (risk?.level ?? 'none') : 'refused',
      codes: risk?.signals.map(({ code }) => code) ?? [],
      score: risk?.score ?? 0,
    });
  }

  /** @param {string} name */
  function deviceNamed(name) {
    const device = devices.get(name);
    if (device === undefined) throw new Error(`${story.name}: no device ${name}`);
    return device;
  }

  /** @param {string} name @param {string} text @returns {Device} */
  function openDevice(name, text) {
    const original = /^copy of (\w+)$/.exec(text)?.[1];
    if (original !== undefined) return { ...openDevice(original, story.devices[original] ?? ''), name };
    const [kind = '', keepsNoId] = text.split(', no id');
    const deviceId = keepsNoId === undefined ? `the-id-of-${name}` : undefined;
    return { name, userAgent: userAgentOf(kind), deviceId, tokens: undefined, spent: undefined };
  }
}
