const isText = (value) => typeof value === 'string' && value !== '' && value.length <= 256;
const isOptional = (value, isRight) => value === undefined || isRight(value);

/** Stands before `loginGuard`: a body that is no login at all is a mistake of the page, not a wrong password. */
export const readLogin = expect(
  '{ username, password, remember?, transport? }',
  ({ username, password, remember, transport }) =>
    isText(username) &&
    isText(password) &&
    isOptional(remember, (value) => typeof value === 'boolean') &&
    isOptional(transport, (value) => value === 'cookie' || value === 'bearer'),
);

export const readPasswords = expect('{ current, next }', ({ current, next }) => isText(current) && isText(next));

export const readPassword = expect('{ password }', ({ password }) => isText(password));

function expect(what, isRight) {
  return (req, res, next) => {
    if (isRight(req.body ?? {})) return next();
    res.status(400).json({ error: `expected ${what}` });
  };
}
