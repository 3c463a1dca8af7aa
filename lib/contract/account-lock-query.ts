import { z } from 'zod';

/** The query of `GET /accounts/{account}/lock`: for whom. */
export const accountLockQuery = z.strictObject({
  ip: z.exactOptional(
    z.union([z.ipv4(), z.ipv6()], { error: 'expected an IPv4 or IPv6 address, of whoever cannot sign in' }),
  ),
});
