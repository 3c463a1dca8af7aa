const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

/** What browsers of 2025 say, of usual lengths. */
export const userAgents = [
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0`,
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Chrome/138.0.0.0 Safari/537.36`,
  `Mozilla/5.0 (Linux; Android 15; SM-S931B) ${webkit} Chrome/138.0.7204.63 Mobile Safari/537.36`,
];

/** @param {number} index */
export function person(index) {
  return {
    userId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    ip: `203.0.${(index >> 8) & 255}.${index & 255}`,
    userAgent: userAgents[index % userAgents.length] ?? '',
  };
}

/** @param {number} count */
export function people(count) {
  return Array.from({ length: count }, (_, index) => person(index));
}
