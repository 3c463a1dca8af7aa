/** The parameter of an administrators' path that names a session. */
export const anySessionParameter = Object.freeze({
  sessionId: 'The public id of the session: a UUID, never a credential.',
});
