import { nothing } from '../../nothing';
import { operation } from '../../operation';

export const showPage = operation({
  id: 'showPage',
  method: 'GET',
  path: '/docs',
  section: 'documentation',
  summary: 'This API, to read and to try',
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'The page.', contentType: 'text/html; charset=utf-8' } },
  problems: ['not_found'],
  access: 'anyone',
});
