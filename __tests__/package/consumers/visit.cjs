'use strict';

const { createServer } = require('node:http');

/**
 * Signs in over HTTP, looks at what the app says, and prints it. Then the process must end by itself: a store that
 * kept it alive would show as a test that never ends.
 */
module.exports = async function visit(app) {
  const server = createServer(app);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;

  const before = await fetch(`${base}/me`);
  const login = await fetch(`${base}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'visitor' },
    body: JSON.stringify({ userId: 'alice' }),
  });
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const me = await fetch(`${base}/me`, { headers: { Cookie: cookie } });
  const list = await fetch(`${base}/api/v1/sessions`, { headers: { Cookie: cookie } });

  console.log(
    JSON.stringify({
      before: { status: before.status, code: (await before.json()).code },
      login: { status: login.status },
      me: { status: me.status, userId: (await me.json()).userId },
      list: { status: list.status, count: (await list.json()).data.length },
    }),
  );
  server.closeAllConnections();
  server.close();
};
