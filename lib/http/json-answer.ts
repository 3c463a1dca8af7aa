import type { ServerResponse } from 'node:http';

/** Answers with JSON that no cache keeps and no browser takes for anything else (A54). */
export function writeJson(
  res: ServerResponse,
  status: number,
  body: object,
  contentType = 'application/json; charset=utf-8',
): void {
  const bytes = Buffer.from(JSON.stringify(body));
  protectAnswer(res);
  res.statusCode = status;
  res.setHeader('Content-Type', contentType);
  res.setHeader('Content-Length', bytes.length);
  res.end(bytes);
}

/** The headers of every answer that is about a session. */
export function protectAnswer(res: ServerResponse): void {
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Content-Type-Options', 'nosniff');
}
