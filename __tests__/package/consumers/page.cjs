'use strict';

const { createServer } = require('node:http');

/** Asks for the page of the documentation, and for its largest file, and prints how that went. */
module.exports = async function visitPage(app) {
  const server = createServer(app);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}/api/v1/sessions`;
  const status = async (path) => (await fetch(base + path)).status;
  console.log(JSON.stringify({ page: await status('/docs'), script: await status('/docs/swagger-ui-bundle.js') }));
  server.closeAllConnections();
  server.close();
};
