import { z } from 'zod';
import { auditEvents } from '../domain/audit-entry';
import { deviceTypes } from '../domain/client';
import { place } from './place';

const text = z.string().nullable();

const client = z.strictObject({
  device: z.strictObject({
    id: text,
    browser: text,
    browserVersion: text,
    os: text,
    osVersion: text,
    type: z.enum(deviceTypes),
  }),
  location: place.nullable(),
  risk: z.strictObject({ score: z.int(), codes: z.array(z.string()) }).nullable(),
});

/** An entry of a history as people see it: who did it by kind alone. */
export const historyEntry = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  event: z.enum(auditEvents),
  vocabulary: z.string(),
  outcome: z.enum(['success', 'failure']),
  actor: z.strictObject({ type: z.enum(['user', 'admin', 'system', 'impersonator']) }),
  subject: text,
  sessionId: z.uuid().nullable(),
  reason: text,
  count: z.int().nullable(),
  ip: text,
  client: client.nullable(),
});
