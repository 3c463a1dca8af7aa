const groupsOfAddress = 8;

/** The eight groups of an IPv6 address in any spelling, each without leading zeros. An end that is written as IPv4 counts for zeros. */
export function ipv6Groups(address: string): string[] {
  const [head = [], tail = []] = address.split('::', 2).map(groupsIn);
  const zeros = Array.from({ length: groupsOfAddress - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail];
}

function groupsIn(text: string): string[] {
  if (text === '') return [];
  const groups = text.replace(/\d+(\.\d+){3}$/, '0:0').split(':');
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}
