import { type AnswerContract, type Operation } from '../operation';
import { problemsOf } from '../operation-problems';
import { problemResponses } from './problem-responses';
import type { Schemas } from './schemas';
import type { Content, JsonSchema, OperationObject, ParameterObject, ResponseObject } from './types';

const [json, form] = ['application/json', 'application/x-www-form-urlencoded'] as const;
const encodings = { json: [json], form: [form], 'json-or-form': [json, form] } as const;

/** An operation as OpenAPI writes it down. `credentials`: the names of the schemes, any of which will do. */
export function operationObject(
  operation: Operation,
  credentials: readonly string[],
  schemas: Schemas,
): OperationObject {
  const { id, section, summary, description, access, pages = false } = operation;
  const roles = access === 'session' ? [] : [access];
  const parameters = parametersOf(operation, schemas);
  const requestBody = requestBodyOf(operation, schemas);
  const responses = {
    ...Object.fromEntries(
      Object.entries(operation.answers).map(([status, answer]) => [status, answerOf(answer, schemas)]),
    ),
    ...problemResponses(problemsOf(operation), schemas),
  };
  return {
    operationId: id,
    tags: [section],
    summary,
    ...(description !== undefined && { description }),
    security: access === 'anyone' ? [] : credentials.map((name) => ({ [name]: roles })),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: pages ? withPages(responses) : responses,
  };
}

/** Each response as a page too. */
function withPages(responses: OperationObject['responses']): OperationObject['responses'] {
  const page = { 'text/html': { schema: { type: 'string' } } };
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      { ...response, content: { ...response.content, ...page } },
    ]),
  );
}

function parametersOf({ parameters = {}, query }: Operation, schemas: Schemas): ParameterObject[] {
  const inPath = Object.entries(parameters).map(([name, description]): ParameterObject => ({
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string', minLength: 1 },
  }));
  const { properties = {}, required = [] } = schemas.write(query, 'request') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  const inQuery = Object.entries(properties).map(([name, { description, ...schema }]): ParameterObject => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(typeof description === 'string' && { description }),
    schema,
  }));
  return [...inPath, ...inQuery];
}

function requestBodyOf({ body, encoding = 'json' }: Operation, schemas: Schemas): OperationObject['requestBody'] {
  if (!body || Object.keys(body.shape).length === 0) return undefined;
  const schema = schemas.write(body, 'request');
  const content = Object.fromEntries(encodings[encoding].map((type) => [type, { schema }]));
  return { required: !body.safeParse({}).success, content };
}

function answerOf({ description, body, contentType }: AnswerContract, schemas: Schemas): ResponseObject {
  const content = contentOf(body && schemas.write(body, 'answer'), contentType);
  return { description, ...(content && { content }) };
}

function contentOf(schema: JsonSchema | undefined, contentType: string | undefined): Content | undefined {
  if (schema) return { [contentType ?? 'application/json']: { schema } };
  return contentType === undefined ? undefined : { [contentType]: { schema: { type: 'string' } } };
}
