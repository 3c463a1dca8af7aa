import { z } from 'zod';
import { documented } from '../documented';
import type { JsonSchema } from './types';

/** Who reads a body: members with a default are optional in a request and certain in an answer. */
export type Direction = 'request' | 'answer';

/** Writes schemas down, and keeps those that have a name for the `components` of the document. */
export class Schemas {
  readonly #named = new Map<string, JsonSchema>();

  /** The schema, or a reference to it where it has a name. */
  write(schema: z.ZodType, direction: Direction): JsonSchema {
    const {
      $defs = {},
      $schema: _dialect,
      ...written
    } = z.toJSONSchema(schema, {
      metadata: documented,
      target: 'draft-2020-12',
      io: direction === 'request' ? 'input' : 'output',
      override: ({ jsonSchema }) => {
        // The pattern of a date or a UUID says at length what its format says.
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      },
    });
    for (const [name, definition] of Object.entries($defs)) this.#keep(name, intoDocument(definition));
    return intoDocument(written);
  }

  /** Every schema that has a name, by that name. */
  named(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#named].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** @throws Error where two schemas have the same name, or one reads otherwise in a request than in an answer */
  #keep(name: string, schema: JsonSchema): void {
    const known = this.#named.get(name);
    if (known && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`two schemas are called ${name}`);
    this.#named.set(name, schema);
  }
}

/** The same with its references into the document, where the named schemas stand. */
function intoDocument(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;
}
