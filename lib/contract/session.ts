import { z } from 'zod';
import { documented } from './documented';
import { deviceTypes } from '../domain/client';

const time = z.iso.datetime();
const text = z.string().nullable();

/** What is known of a device. */
export const device = z
  .strictObject({
    browser: text,
    browserVersion: text,
    os: text,
    osVersion: text,
    type: z.enum(deviceTypes),
    model: text,
  })
  .register(documented, { id: 'Device', description: 'What is known of a device.' });

/** A session in an answer: `SessionView`, its `data` cut down to what `expose` lists. */
export const session = z
  .strictObject({
    id: z.uuid(),
    userId: z.string(),
    applicationId: z.string(),
    current: z.boolean(),
    device: z.strictObject({ ...device.shape, name: text }),
    ip: text,
    userAgent: text,
    location: z.strictObject({ city: text, region: text, country: text }).nullable(),
    createdAt: time,
    lastSeenAt: time,
    deadlines: z.strictObject({
      access: time,
      refresh: time.nullable(),
      idle: time.nullable(),
      absolute: time,
    }),
    remember: z.boolean(),
    trusted: z.boolean(),
    methods: z.array(z.string()),
    authenticatedAt: time,
    tokenHint: z.string(),
    scope: z.array(z.string()),
    data: z.record(z.string(), z.unknown()),
    /** Who uses it in the user's place; why is told to administrators alone. */
    actor: z.exactOptional(z.strictObject({ id: z.string(), reason: z.exactOptional(z.string()) })),
    endedAt: z.exactOptional(time),
    reason: z.exactOptional(z.string()),
    replacedBy: z.exactOptional(device),
  })
  .register(documented, { id: 'Session', description: 'A sign-in of a user on a device.' });
