import { codeBlocks } from './code-blocks';

const pages = ['docs/act-on-risk.md', 'docs/ask-for-a-fresh-login.md'];

describe.each(pages)('%s', (page) => {
  const block = codeBlocks(page, 'js').find((code) => code.includes('await confirmLogin('))!;

  test('counts a wrong password at /confirm under the account of the session, not under one that is sent', () => {
    expect(block).toMatch(/loginGuard\(sessions, \{ account: \(req\) => emailOf\(getSession\(req\)\) \}\)/);
  });

  test('answers it with 403: 401 would say that the session is no good', () => {
    expect(block).toMatch(/checkPassword\(.*res\.status\(403\)/);
  });
});
