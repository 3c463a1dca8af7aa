const start = await (await fetch('/start.json')).json();

/** Who is signed in, as the host of this page knows from the cookies; null for nobody. */
export const userId = start.userId;

export async function call(method, path, body) {
  const response = await fetch(start.api + path, {
    method,
    // Without this, a browser neither sends nor keeps cookies on a call to another origin.
    credentials: 'include',
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  throw new Error(answer?.reason ?? answer?.title ?? answer?.error ?? `the API answered ${response.status}`);
}
