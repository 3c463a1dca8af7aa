/** The parameter of a path that names a session. */
export const sessionParameter = Object.freeze({ id: 'The public id of the session: a UUID, never a credential.' });
