/** All tags that users fall into: each has an outbox of its own. */
export const outboxTags: readonly string[] = Array.from({ length: 4_096 }, (_, tag) =>
  tag.toString(16).padStart(3, '0'),
);
