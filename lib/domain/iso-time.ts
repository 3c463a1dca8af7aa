const dayMilliseconds = 86_400_000;
// Deadlines of living sessions lie within some 500 days.
const mostDays = 1_000;

const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const minutes = Array.from(
  { length: 1_440 },
  (_, minute) => `${two[Math.floor(minute / 60)]}:${two[minute % 60]}:`,
);
const milliseconds = Array.from({ length: 1_000 }, (_, number) => `.${String(number).padStart(3, '0')}Z`);
const dates = new Map<number, string>();

/** What `Date.toISOString` gives, at a quarter of its price: each check of a token shows seven times. */
export function isoTime(instant: number): string {
  const time = Math.trunc(instant);
  const day = Math.floor(time / dayMilliseconds);
  const inDay = time - day * dayMilliseconds;
  const minute = Math.floor(inDay / 60_000);
  const inMinute = inDay - minute * 60_000;
  const second = Math.floor(inMinute / 1_000);
  const date = dates.get(day) ?? dateOf(day);
  return date + minutes[minute]! + two[second]! + milliseconds[inMinute - second * 1_000]!;
}

/** `2026-01-01T`, remembered. */
function dateOf(day: number): string {
  const text = new Date(day * dayMilliseconds).toISOString().slice(0, -'00:00:00.000Z'.length);
  if (dates.size >= mostDays) dates.clear();
  dates.set(day, text);
  return text;
}
