/** RFC 7636 section 4.1: unreserved characters. */
export const verifierPattern = /^[\w.~-]{43,128}$/;
/** Section 4.2, method S256: a SHA-256 in base64url. */
export const challengePattern = /^[\w-]{43}$/;
