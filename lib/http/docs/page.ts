/** What the page may do: nothing but run and show its own files, and ask its own origin. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Swagger UI's style sheet holds its icons.
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Takes the place of what the app's own middleware set for its other pages. */
export const pageHeaders: Readonly<Record<string, string>> = Object.freeze({
  'Content-Security-Policy': policy,
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
});

/** `folder`: where its files are, relative to the address that it was asked at. */
export function pageOf(title: string, folder: string, canTry: boolean): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" type="image/png" href="${folder}/favicon-32x32.png">
    <link rel="stylesheet" href="${folder}/swagger-ui.css">
    <link rel="stylesheet" href="${folder}/page.css">
    <script defer src="${folder}/swagger-ui-bundle.js"></script>
    <script defer src="${folder}/start.js" data-try="${canTry}"></script>
  </head>
  <body>
    <div id="swagger-ui"></div>
  </body>
</html>
`;
}

export const pageStyle = `body {
  margin: 0;
  background: #fafafa;
}
`;

/** Runs in the browser. The document is found from the script's own address, so it may be mounted anywhere. */
export const startScript = `'use strict';

const { src, dataset } = document.currentScript;
const canTry = dataset.try === 'true';

SwaggerUIBundle({
  url: new URL('../openapi.json', src).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  // Else the document would be sent to an online validator.
  validatorUrl: null,
  ...(!canTry && { supportedSubmitMethods: [] }),
  // What is tried is what a bearer client would get: the cookies of this browser stay out of it.
  requestInterceptor(request) {
    request.credentials = 'omit';
    return request;
  },
});
`;
