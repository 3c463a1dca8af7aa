/*
 * Names of records that are no session's: three hexadecimal digits, which place them in a Redis Cluster slot as those of
 * a session id do, and 22 base64url characters of a hash. Nothing of what was hashed can be read from them (A59).
 */

declare const oneTimeIdBrand: unique symbol;
declare const counterIdBrand: unique symbol;

/** The name of a one-time token: of its secret the store knows this hash alone. */
export type OneTimeId = string & { readonly [oneTimeIdBrand]: true };

/** The name of a counter. */
export type CounterId = string & { readonly [counterIdBrand]: true };

const tagLength = 3;

/** The digits that place a name in its slot, and the rest. */
export function slottedParts(id: OneTimeId | CounterId): { readonly tag: string; readonly name: string } {
  return { tag: id.slice(0, tagLength), name: id.slice(tagLength) };
}
