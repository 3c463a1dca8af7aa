const dayMilliseconds = 86_400_000;
// Deadlines of living sessions lie within some 500 days.
const mostDays = 1_000;

const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const three = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'));
const dates = new Map<number, string>();

/** What `Date.toISOString` gives, at a quarter of its price: each check of a token shows seven times. */
export function isoTime(milliseconds: number): string {
  const time = Math.trunc(milliseconds);
  const day = Math.floor(time / dayMilliseconds);
  const rest = time - day * dayMilliseconds;
  const hours = two[Math.floor(rest / 3_600_000)];
  const minutes = two[Math.floor(rest / 60_000) % 60];
  const seconds = two[Math.floor(rest / 1_000) % 60];
  return `${dates.get(day) ?? dateOf(day)}${hours}:${minutes}:${seconds}.${three[rest % 1_000]}Z`;
}

/** `2026-01-01T`, remembered. */
function dateOf(day: number): string {
  const text = new Date(day * dayMilliseconds).toISOString().slice(0, -'00:00:00.000Z'.length);
  if (dates.size >= mostDays) dates.clear();
  dates.set(day, text);
  return text;
}
