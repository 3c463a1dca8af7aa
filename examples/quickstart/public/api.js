/** An answer that is no success. `code`, `reason` and `problem` are of the problem+json that sessionkeeper writes. */
export class Refused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.detail ?? problem?.title ?? problem?.error ?? `the server answered ${status}`);
    this.status = status;
    this.code = problem?.code;
    this.reason = problem?.reason;
    /** All of it. */
    this.problem = problem ?? {};
    /** When to try again, in seconds, on 429 and 503. */
    this.retryAfter = retryAfter;
  }
}

/** Cookies travel by themselves, and expired access tokens are renewed by the server: nothing to do for either here. */
export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (response.ok) return response.status === 204 ? undefined : response.json();
  const problem = await response.json().catch(() => undefined);
  throw new Refused(response.status, problem, Number(response.headers.get('Retry-After')));
}
