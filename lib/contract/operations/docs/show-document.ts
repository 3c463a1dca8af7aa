import { z } from 'zod';
import { nothing } from '../../nothing';
import { operation } from '../../operation';

export const showDocument = operation({
  id: 'showDocument',
  method: 'GET',
  path: '/openapi.json',
  section: 'documentation',
  summary: 'This API, as an OpenAPI 3.1 document',
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'The document.', body: z.looseObject({ openapi: z.literal('3.1.1') }) } },
  problems: ['not_found'],
  access: 'anyone',
});
