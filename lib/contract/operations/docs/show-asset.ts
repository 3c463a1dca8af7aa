import { nothing } from '../../nothing';
import { operation } from '../../operation';

export const showAsset = operation({
  id: 'showAsset',
  method: 'GET',
  path: '/docs/{asset}',
  section: 'documentation',
  summary: 'A script, a style sheet or an image of the page',
  parameters: { asset: 'The name of a file.' },
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'The file.', contentType: '*/*' } },
  problems: ['not_found'],
  access: 'anyone',
});
