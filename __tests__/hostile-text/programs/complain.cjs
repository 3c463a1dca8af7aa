// An app all of whose functions throw the text it is given: whatever the library has to say of them goes to stderr.
const { functionSink, MemoryStore, SessionManager } = require('../../../dist/index.cjs');

const text = Buffer.from(process.argv[2], 'base64').toString('utf16le');
const fail = () => {
  throw Object.assign(new Error(text), { name: text });
};

async function complain(options, occasion) {
  const sessions = new SessionManager({ store: new MemoryStore(), ...options });
  sessions.on('session.created', fail);
  sessions.on('hook.failed', () => {
    throw text;
  });
  await Promise.resolve(occasion(sessions)).catch(() => undefined);
  await sessions.close();
}

async function main() {
  const signIn = (sessions) => sessions.create({ userId: 'alice', client: { ip: '9.9.9.9' } });
  await complain({}, signIn);
  await complain({ limit: { forUser: fail } }, signIn);
  await complain({ credentialsChangedAt: fail }, signIn);
  await complain({ geo: { resolver: { resolve: fail, close: fail } } }, signIn);
  await complain({ risk: { signals: [{ code: 'own', detect: fail }], anonymous: fail } }, signIn);
  await complain({ audit: { sinks: [{ ...functionSink('broken', fail), close: fail }] } }, signIn);
  await complain({ impersonation: { mayImpersonate: fail } }, (sessions) =>
    sessions.impersonation.start({
      actor: { id: 'desk', scopes: ['impersonate'] },
      userId: 'alice',
      reason: 'help',
    }),
  );
  await complain({ telemetry: { tracer: { startActiveSpan: fail } } }, signIn);
}

void main();
