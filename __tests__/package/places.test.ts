import { install } from './consumer';

jest.setTimeout(300_000);

const asked = `
  const told = [];
  const signIn = async (resolver) => {
    const sessions = new keeper.SessionManager({ store: new keeper.MemoryStore(), geo: { resolver, deadline: '5s' } });
    sessions.on('hook.failed', ({ hook, error }) => told.push(hook + ': ' + error.message));
    const { status, session } = await sessions.create({ userId: 'alice', client: { ip: '8.8.8.8' } });
    told.push(status + ' ' + session.location);
    await sessions.close();
  };
  (async () => {
    await signIn(keeper.geoipLite({ preload: true }));
    await signIn(keeper.maxmindDatabase({ path: 'places.mmdb' }));
    console.log(told.join('\\n'));
  })();
`;
const entries = {
  'esm.mjs': `import * as keeper from 'sessionkeeper';${asked}`,
  'cjs.cjs': `const keeper = require('sessionkeeper');${asked}`,
};

test('without its package each lookup says in one line how to get it, and the sign-in goes on', async () => {
  const consumer = await install({});
  for (const [file, text] of Object.entries(entries)) {
    consumer.write(file, text);
    expect((await consumer.node(file)).trim().split('\n')).toEqual([
      "geo.resolve: geoipLite: needs the package 'geoip-lite', which is not installed: npm install geoip-lite@1.4",
      'created null',
      "geo.resolve: maxmindDatabase: needs the package 'maxmind', which is not installed: npm install maxmind",
      'created null',
    ]);
  }
});
