import type { Operation } from '../../contract/operation';
import type { ApiDescription } from '../../contract/openapi/api';
import { openApiDocument } from '../../contract/openapi/document';
import { showAsset } from '../../contract/operations/docs/show-asset';
import { showDocument } from '../../contract/operations/docs/show-document';
import { showPage } from '../../contract/operations/docs/show-page';
import { SessionError } from '../../domain/error';
import { readFields, readQuery } from '../fields';
import type { Answer, Endpoint } from '../router/endpoint';
import { libraryVersion } from './library-version';
import { pageHeaders, pageOf, pageStyle, startScript } from './page';
import { type Asset, swaggerAsset, swaggerFolder } from './swagger-ui';

/** What is shown of a router's documentation. */
export interface DocsSettings {
  /** Whether there is a page, or the document alone. */
  readonly page: boolean;
  /** Whether the page offers to send requests: useless where the router refuses browsers. */
  readonly canTry: boolean;
  /** Who may have the document; anyone unless given. `session`: whoever is admitted. */
  readonly access?: 'session';
}

const ownAssets: ReadonlyMap<string, Asset> = new Map([
  ['start.js', { type: 'text/javascript; charset=utf-8', bytes: Buffer.from(startScript) }],
  ['page.css', { type: 'text/css; charset=utf-8', bytes: Buffer.from(pageStyle) }],
]);

/**
 * `GET /openapi.json`, and where asked for `GET /docs`: Swagger UI from the optional peer `swagger-ui-dist`, without a request to
 * any other host. They describe the endpoints given, and not themselves. The document is written at the first request for it.
 */
export function docsEndpoints(
  description: ApiDescription,
  endpoints: readonly { readonly operation: Operation }[],
  { page, canTry, access }: DocsSettings,
): readonly Endpoint<object>[] {
  const operations = endpoints.map(({ operation }) => operation);
  let written: Uint8Array | undefined;
  const documentEndpoint = endpoint({ ...showDocument, ...(access && { access }) }, () => {
    const api = { ...description, operations, version: libraryVersion };
    written ??= Buffer.from(JSON.stringify(openApiDocument(api)));
    return { status: 200, content: { type: 'application/json; charset=utf-8', bytes: written } };
  });
  if (!page) return [documentEndpoint];

  const pageEndpoint = endpoint(showPage, ({ req }) => {
    swaggerFolder();
    const isFolder = /^[^?]*\/(\?|$)/.test(req.url ?? '');
    const bytes = Buffer.from(pageOf(description.title, isFolder ? '.' : './docs', canTry));
    return { status: 200, headers: pageHeaders, content: { type: 'text/html; charset=utf-8', bytes } };
  });
  const assetEndpoint = endpoint(showAsset, async ({ params }) => {
    const name = params['asset']!;
    const content = ownAssets.get(name) ?? (await swaggerAsset(name));
    if (!content) throw new SessionError('not_found');
    return { status: 200, content };
  });
  return [documentEndpoint, pageEndpoint, assetEndpoint];
}

/** Where documentation is not wanted, on a router that would take its paths for a session's. */
export const absentDocs: readonly Endpoint<object>[] = [showDocument, showPage].map((operation) =>
  endpoint(operation, () => Promise.reject(new SessionError('not_found'))),
);

function endpoint(
  operation: Operation,
  answer: (call: Parameters<Endpoint<object>['answer']>[0]) => Answer | Promise<Answer>,
): Endpoint<object> {
  return {
    operation,
    async answer(call) {
      readFields(operation.query, readQuery(call.search));
      return answer(call);
    },
  };
}
