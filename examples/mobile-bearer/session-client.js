/** An answer that is no success; `code` and `reason` say why. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? problem?.error ?? `the server answered ${status}`);
    this.status = status;
    this.code = problem?.code;
    this.reason = problem?.reason;
  }
}

/**
 * What an app needs to stay signed in. `vault` keeps the tokens between two starts of the app, in the Keychain or
 * Keystore: `load()`, `save(tokens)`, `clear()`.
 */
export class SessionClient {
  #base;
  #vault;
  #fetch;
  #renewal;

  constructor(base, vault, fetch = globalThis.fetch) {
    this.#base = base;
    this.#vault = vault;
    this.#fetch = fetch;
  }

  async signIn(username, password) {
    const { session, tokens } = await this.#send('POST', '/login', { body: { username, password } });
    await this.#vault.save(tokens);
    return session;
  }

  /** Any call to the API. An expired access token is renewed once, then the call is made again. */
  async call(method, path, body) {
    const { accessToken } = await this.#vault.load();
    try {
      return await this.#send(method, path, { token: accessToken, body });
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'token_expired') throw error;
    }
    return this.#send(method, path, { token: await this.#replacementOf(accessToken), body });
  }

  /** Another call may have renewed meanwhile. */
  async #replacementOf(expired) {
    const { accessToken } = await this.#vault.load();
    return accessToken === expired ? (await this.refresh()).accessToken : accessToken;
  }

  /** Exchanges the refresh token; two that ask at once get the same answer. */
  refresh() {
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async signOut() {
    await this.call('DELETE', '/sessions/current').catch((error) => {
      // 401: it is over already, which is as good.
      if (error.status !== 401) throw error;
    });
    await this.#vault.clear();
  }

  /**
   * A refresh token works once, but a lost answer costs nothing: until a token of the new pair has been used, the same
   * refresh token brings the same pair again. So ask again, and save before use.
   */
  async #renew() {
    const { refreshToken } = await this.#vault.load();
    const ask = () => this.#send('POST', '/sessions/refresh', { body: { refreshToken } });
    const { tokens } = await ask().catch((error) => (error instanceof Refused ? this.#giveUp(error) : ask()));
    await this.#vault.save(tokens);
    return tokens;
  }

  /** 401: the session is over. Anything else, a 503 above all, says nothing about the tokens: keep them. */
  async #giveUp(refusal) {
    if (refusal.status === 401) await this.#vault.clear();
    throw refusal;
  }

  async #send(method, path, /** @type {{ token?: string, body?: object | undefined }} */ { token, body }) {
    const response = await this.#fetch(this.#base + path, {
      method,
      headers: {
        'User-Agent': 'ExampleApp/1.0 (Android 15; Pixel 9)',
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Refused(response.status, await response.json().catch(() => undefined));
    return response.status === 204 ? undefined : response.json();
  }
}
