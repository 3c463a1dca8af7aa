import { z } from 'zod';
import { documented } from './documented';
import { deviceTypes } from '../domain/client';
import { place } from './place';
import { risk } from './risk';

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
    device: z.strictObject({ ...device.shape, name: text, id: text }),
    ip: text,
    userAgent: text,
    location: place.nullable(),
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
    /** Whether it opens nothing until its user has confirmed the login. */
    stepUpRequired: z.boolean(),
    risk: risk.nullable(),
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
