import { z } from 'zod';
import { documented } from './documented';
import { activityPage } from './activity-page';

const entry = activityPage.shape.data.element;

/** A page of a history as administrators see it: with who it was. */
export const historyPage = z
  .strictObject({
    data: z.array(
      z.strictObject({
        ...entry.shape,
        actor: z.strictObject({ ...entry.shape.actor.shape, id: z.exactOptional(z.string()) }),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .register(documented, { id: 'HistoryPage' });
