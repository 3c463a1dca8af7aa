import type { Api } from './api';
import { operationObject } from './operation-object';
import { Schemas } from './schemas';
import type { OpenApiDocument, OperationObject } from './types';

/**
 * The OpenAPI 3.1 document of a router, written from its operations alone. Addresses in it are relative to where it was
 * fetched from, so it is right wherever the app mounts the router.
 */
export function openApiDocument(api: Api): OpenApiDocument {
  const { title, summary, description, version, sections, credentials } = api;
  const schemas = new Schemas();
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const operation of api.operations) {
    const path = (paths[operation.path] ??= {});
    path[operation.method.toLowerCase()] = operationObject(operation, Object.keys(credentials), schemas);
  }
  const used = new Set(api.operations.map(({ section }) => section));
  return {
    openapi: '3.1.1',
    info: { title, summary, description, version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '.', description: 'Where this document was fetched from' }],
    tags: Object.entries(sections)
      .filter(([name]) => used.has(name))
      .map(([name, about]) => ({ name, description: about })),
    paths,
    components: { schemas: schemas.named(), securitySchemes: credentials },
  };
}
