'use strict';

const { createHash } = require('node:crypto');

/** Lets Jest import a .lua file as the build does: its text is the default export. */
module.exports = {
  process: (text) => ({
    code: `Object.defineProperty(exports, '__esModule', { value: true });\nexports.default = ${JSON.stringify(text)};`,
  }),
  getCacheKey: (text, path) => createHash('sha256').update(`1\0${path}\0${text}`).digest('hex'),
};
