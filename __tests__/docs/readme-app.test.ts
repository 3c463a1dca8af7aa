import { install } from '../package/consumer';
import { codeBlocks } from './code-blocks';

jest.setTimeout(180_000);

const visitor = `
  const server = app.listen(0, '127.0.0.1', async () => {
    const url = 'http://127.0.0.1:' + server.address().port;
    let cookie = '';
    const call = async (method, path, body) => {
      const answer = await fetch(url + path, {
        method,
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie },
        ...(body && { body: JSON.stringify(body) }),
      });
      const set = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
      if (set.length > 0) cookie = set.join('; ');
      return answer;
    };
    const guesses = 'abcdefgh';
    const guess = (password) => call('POST', '/login', { email: 'b@example.com', password });
    const statuses = [
      (await call('GET', '/me')).status,
      (await call('POST', '/login', { email: 'a@example.com', password: 'wrong' })).status,
      (await call('POST', '/login', { email: 'a@example.com', password: 'right' })).status,
      (await call('GET', '/me')).status,
      (await (await call('GET', '/api/v1/sessions')).json()).data.length,
      (await call('POST', '/password', { next: 'other' })).status,
      (await call('GET', '/me')).status,
      (await call('POST', '/logout')).status,
      (await call('GET', '/me')).status,
      Math.max(...(await Promise.all([...guesses].map((password) => guess(password)))).map(({ status }) => status)),
    ];
    console.log(JSON.stringify(statuses));
    server.close();
    await sessions.close();
    process.exit(0);
  });
`;

const ownJob = `
  const checkPassword = async (email, password) => (password === 'right' ? { id: email } : undefined);
  const changePassword = async () => {};
`;

test('the app of the README signs in, lists, changes the password, signs out and makes guessers wait', async () => {
  const [app] = codeBlocks('README.md', 'js');
  const consumer = await install({ express: 'express' });
  consumer.write('app.mjs', app! + ownJob + visitor);
  const statuses = JSON.parse(await consumer.node('app.mjs')) as number[];
  expect(statuses).toEqual([401, 401, 200, 200, 1, 200, 200, 204, 401, 429]);
});
