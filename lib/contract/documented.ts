import { z } from 'zod';

/**
 * What the OpenAPI document says of a schema. One with an id stands there under that name, wherever it is used; clients are
 * generated with these names, so they stay. A registry of our own: zod's global one belongs to the app as well.
 */
export const documented = z.registry<{ readonly id?: string; readonly description?: string }>();
