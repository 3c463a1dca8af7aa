import { z } from 'zod';
import { pageQuery } from './page-query';

/** The query of `GET /devices`. */
export const devicesQuery = z.strictObject({ cursor: pageQuery.shape.cursor });
