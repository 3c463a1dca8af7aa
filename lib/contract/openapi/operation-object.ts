import { type AnswerContract, type Operation } from '../operation';
import { problemsOf } from '../operation-problems';
import { problemResponses } from './problem-responses';
import type { Schemas } from './schemas';
import type { Content, JsonSchema, OperationObject, ParameterObject, ResponseObject } from './types';

/** An operation as OpenAPI writes it down. `credentials`: the names of the schemes, any of which will do. */
export function operationObject(
  operation: Operation,
  credentials: readonly string[],
  schemas: Schemas,
): OperationObject {
  const { id, section, summary, description, access } = operation;
  const roles = access === 'session' ? [] : [access];
  const parameters = parametersOf(operation, schemas);
  const requestBody = requestBodyOf(operation, schemas);
  return {
    operationId: id,
    tags: [section],
    summary,
    ...(description !== undefined && { description }),
    security: access === 'anyone' ? [] : credentials.map((name) => ({ [name]: roles })),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, answer]) => [status, answerOf(answer, schemas)]),
      ),
      ...problemResponses(problemsOf(operation), schemas),
    },
  };
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
  const type = encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  return { required: !body.safeParse({}).success, content: { [type]: { schema: schemas.write(body, 'request') } } };
}

function answerOf({ description, body, contentType }: AnswerContract, schemas: Schemas): ResponseObject {
  const content = contentOf(body && schemas.write(body, 'answer'), contentType);
  return { description, ...(content && { content }) };
}

function contentOf(schema: JsonSchema | undefined, contentType: string | undefined): Content | undefined {
  if (schema) return { [contentType ?? 'application/json']: { schema } };
  return contentType === undefined ? undefined : { [contentType]: { schema: { type: 'string' } } };
}
