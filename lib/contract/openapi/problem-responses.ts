import { type ErrorCode, errorCodes } from '../../domain/error';
import { problem } from '../problem';
import type { Schemas } from './schemas';
import type { ResponseObject } from './types';

/** What a response with this status always carries. */
const headersByStatus: Readonly<Record<number, ResponseObject['headers']>> = {
  401: header(
    'WWW-Authenticate',
    'The challenge of RFC 6750, or of RFC 9470 where a recent login is wanted.',
    'string',
  ),
  429: header('Retry-After', 'When to try again, in seconds.', 'integer'),
  503: header('Retry-After', 'When to try again, in seconds.', 'integer'),
};

/** The refusals of an operation, by status. */
export function problemResponses(codes: readonly ErrorCode[], schemas: Schemas): Record<string, ResponseObject> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, its]) => [String(status), problemResponse(status, its, schemas)]),
  );
}

function problemResponse(status: number, codes: readonly ErrorCode[], schemas: Schemas): ResponseObject {
  const headers = headersByStatus[status];
  const list = codes.map((code) => `- \`${code}\`: ${errorCodes[code].title}`);
  const particular = { properties: { status: { const: status }, code: { enum: codes } } };
  return {
    description: list.join('\n'),
    ...(headers && { headers }),
    content: {
      'application/problem+json': {
        schema: { allOf: [schemas.write(problem, 'answer'), particular] },
        examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code)])),
      },
    },
  };
}

function exampleOf(code: ErrorCode): { summary: string; value: unknown } {
  const { status, title } = errorCodes[code];
  return { summary: title, value: { type: `urn:sessionkeeper:problem:${code}`, title, status, code } };
}

function header(name: string, description: string, type: string): ResponseObject['headers'] {
  return { [name]: { description, schema: { type } } };
}
