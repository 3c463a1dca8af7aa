declare const secretBrand: unique symbol;
declare const digestBrand: unique symbol;

/** 32 bytes that open something. Never stored, logged or compared except through its {@link Digest}. */
export type Secret = Buffer & { readonly [secretBrand]: true };

/** SHA-256 of a secret: what stores hold. */
export type Digest = Buffer & { readonly [digestBrand]: true };

export const secretBytes = 32;
export const digestBytes = 32;
export const familyBytes = 16;
export const nonceBytes = 32;
export const attemptBytes = 8;
