import { install } from './consumer';

jest.setTimeout(180_000);

const asked = `
  const sessions = () => new keeper.SessionManager({ store: new keeper.MemoryStore(), telemetry: true });
  try {
    console.log(Object.hasOwn(sessions(), 'verify'));
  } catch (error) {
    console.log(error.message);
  }
`;
const entries = {
  'esm.mjs': `import * as keeper from 'sessionkeeper';${asked}`,
  'cjs.cjs': `const keeper = require('sessionkeeper');${asked}`,
};

test.each([
  [{}, "telemetry: needs the package '@opentelemetry/api', which is not installed: npm install @opentelemetry/api"],
  [{ '@opentelemetry/api': '@opentelemetry/api' }, 'true'],
])('telemetry from ES modules and from CommonJS, with %j installed beside the package', async (beside, said) => {
  const consumer = await install(beside);
  for (const [file, text] of Object.entries(entries)) {
    consumer.write(file, text);
    expect((await consumer.node(file)).trim()).toBe(said);
  }
});
