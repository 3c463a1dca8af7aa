const groupsOfAddress = 8;

/** The eight groups of a canonical IPv6 address, without leading zeros. */
export function ipv6Groups(canonical: string): string[] {
  const [left = '', right] = canonical.split('::', 2).map((text) => text.replace(/\d+(\.\d+){3}$/, '0:0'));
  const head = groupsIn(left);
  const tail = groupsIn(right ?? '');
  const zeros = Array.from({ length: groupsOfAddress - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail];
}

function groupsIn(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
