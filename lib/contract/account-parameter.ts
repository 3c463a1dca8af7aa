/** The parameter of a path that names an account, as people sign in to it. */
export const accountParameter = Object.freeze({
  account: 'What people type to sign in, such as an e-mail address, percent-encoded. Not the id of a user.',
});
