/** The parameter of a path that names a user. */
export const userParameter = Object.freeze({ userId: 'The app’s own id of the user, percent-encoded.' });
