import { createServer } from 'node:http';
import { launchBrowser } from './browser';
import { listen } from './listen';

test('two browsers share no cookies', async () => {
  const server = await listen(
    createServer((req, res) => {
      const known = req.headers.cookie ?? 'none';
      res.setHeader('Set-Cookie', 'seen=1').end(known);
    }),
  );
  const browsers = await Promise.all([launchBrowser(), launchBrowser()]);
  const visit = async (index: number): Promise<string> => {
    const page = await browsers[index]!.newPage();
    await page.goto(server.url);
    return page.innerText('body');
  };
  expect(await visit(0)).toBe('none');
  expect(await visit(0)).toBe('seen=1');
  expect(await visit(1)).toBe('none');
  await Promise.all(browsers.map((browser) => browser.close()));
  await server.close();
});
