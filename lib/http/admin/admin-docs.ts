import { adminApi } from '../../contract/admin-api';
import { optionError } from '../../options/read-options';
import { docsEndpoints } from '../docs/docs-endpoints';
import type { Endpoint } from '../router/endpoint';
import { adminEndpoints } from './admin-endpoints';
import type { GuardSettings } from './guard/options';

/**
 * What the administrators' router shows of itself. A browser that opens a page has no API secret to show, so the page is for
 * anyone or not there.
 *
 * @throws SessionError `options_invalid`
 */
export function adminDocs(
  docs: unknown = 'guarded',
  { admitsBrowsers }: GuardSettings,
): readonly Endpoint<object>[] {
  switch (docs) {
    case 'guarded':
      return docsEndpoints(adminApi, adminEndpoints, { page: false, canTry: false, access: 'session' });
    case 'public':
      return docsEndpoints(adminApi, adminEndpoints, { page: true, canTry: admitsBrowsers });
    case false:
      return [];
    default:
      throw optionError('adminRouter.docs', "'guarded', 'public' or false", docs);
  }
}
