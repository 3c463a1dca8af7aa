/** An answer that is no success. `code` and `reason` are those of the problem+json that sessionkeeper writes. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? problem?.error ?? `the server answered ${status}`);
    this.status = status;
    this.code = problem?.code;
    this.reason = problem?.reason;
  }
}

/** Cookies travel by themselves, and expired access tokens are renewed by the server: nothing to do for either here. */
export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => undefined));
  return response.status === 204 ? undefined : response.json();
}
