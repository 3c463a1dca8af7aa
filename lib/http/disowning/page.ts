import { createHash } from 'node:crypto';
import type { Answer } from '../router/endpoint';
import { Markup, markup } from './markup';

const style = `
body { margin: 0; background: #f5f5f4; color: #1c1917; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 10vh auto; padding: 2rem; background: #fff; border-radius: .5rem; }
h1 { margin-top: 0; font-size: 1.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: #57534e; }
dd { margin: 0; overflow-wrap: anywhere; }
button, .button { display: inline-block; padding: .75rem 1.25rem; border: 0; border-radius: .375rem; background: #b91c1c; color: #fff; font: inherit; text-decoration: none; cursor: pointer; }
.button { background: #1c1917; }
:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
@media (prefers-color-scheme: dark) { body { background: #1c1917; color: #fafaf9; } main { background: #292524; } dt { color: #a8a29e; } .button { background: #57534e; } }
`;

/** The page may show itself and send its one form home, and nothing else. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Takes the place of what the app's own middleware set for its other pages. Its address holds a token: it goes nowhere from here. */
const headers: Readonly<Record<string, string>> = Object.freeze({
  'Content-Security-Policy': policy,
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
});

/** A page for people, whole in itself: no script, and nothing that would have to be fetched. */
export function pageAnswer(
  status: number,
  title: string,
  content: Markup,
  more: Readonly<Record<string, string>> = {},
): Answer {
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  const bytes = Buffer.from(text);
  return { status, headers: { ...more, ...headers }, content: { type: 'text/html; charset=utf-8', bytes } };
}
