import { z } from 'zod';
import { documented } from './documented';
import { sinkName } from './sink-name';

/** The body of `POST /audit/redeliveries`; null: of all sinks. */
export const redeliver = z.strictObject({ sink: sinkName.nullable() }).register(documented, { id: 'Redeliver' });
