import { forEachNumber, signInFrom } from '../measure/sign-in.js';

/**
 * A crowd of users who do what users do, as fast as this process and Redis can. Each place of the pool holds one session, and one of
 * the workers at a time acts for it.
 */
export class Load {
  /** What came out of it, by call and outcome: `verify active`. @type {Map<string, number>} */
  outcomes = new Map();
  /** @type {(import('../measure/sign-in.js').SignedIn | undefined)[]} */
  #pool = [];
  #plain;
  #near;
  #places;
  #next = 0;
  /** @type {Promise<void>[]} */
  #workers = [];
  #isRunning = false;

  /** @param {{ plain: Manager, near: Manager, places: number }} scene @typedef {import('sessionkeeper').SessionManager} Manager */
  constructor({ plain, near, places }) {
    this.#plain = plain;
    this.#near = near;
    this.#places = places;
  }

  /** Everybody signs in. */
  async fill() {
    await forEachNumber({ to: this.#places, atOnce: 50 }, async (place) => {
      this.#pool[place] = await this.#signIn();
    });
  }

  /** @param {number} workers */
  start(workers) {
    this.#isRunning = true;
    this.#workers = Array.from({ length: workers }, () => this.#work());
  }

  /** Resolves when nothing is under way any more. */
  async stop() {
    this.#isRunning = false;
    await Promise.all(this.#workers);
    await Promise.all([this.#plain.flush(), this.#near.flush()]);
  }

  async #work() {
    while (this.#isRunning) {
      const place = Math.floor(Math.random() * this.#places);
      const one = this.#pool[place];
      // Another worker acts for it.
      if (!one) {
        await new Promise(setImmediate);
        continue;
      }
      this.#pool[place] = undefined;
      this.#pool[place] = await this.#act(one);
    }
  }

  /** Most requests check a session; now and then one renews, leaves or is ended, and another comes. @param {import('../measure/sign-in.js').SignedIn} one */
  async #act(one) {
    const dice = Math.random();
    if (dice < 0.45) this.#note('verify near', (await this.#near.verify(one.accessToken)).status);
    else if (dice < 0.75) this.#note('verify', (await this.#plain.verify(one.accessToken)).status);
    else if (dice < 0.88) {
      const outcome = await this.#plain.refresh(one.refreshToken);
      this.#note('refresh', outcome.status);
      if (outcome.status !== 'rotated') return this.#signIn();
      const { accessToken, refreshToken = '' } = outcome.tokens;
      return { ...one, accessToken, refreshToken };
    } else if (dice < 0.9) this.#note('list', String((await this.#plain.list(one.userId)).data.length > 0));
    else {
      const outcome =
        dice < 0.99 ? this.#near.revoke(one.id) : this.#near.revokeAll(one.userId, { except: one.id });
      this.#note('revoke', (await outcome).status);
      return this.#signIn();
    }
    return one;
  }

  #signIn() {
    const number = this.#next++;
    this.#note('create', 'created');
    return signInFrom(this.#plain, `user ${number % this.#places}`, number);
  }

  /** @param {string} call @param {string} outcome */
  #note(call, outcome) {
    const key = `${call} ${outcome}`;
    this.outcomes.set(key, (this.outcomes.get(key) ?? 0) + 1);
  }
}
