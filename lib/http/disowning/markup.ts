const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is markup. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Markup with values in it. Each is escaped unless it is markup itself, so that no device's name can be any (A74, C-XSS). Not called `html`:
 * formatters would add space to what the hash of the style covers.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly (string | Markup | undefined)[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + written(values[index - 1]) + part));
}

function written(value: string | Markup | undefined): string {
  if (value instanceof Markup) return value.text;
  return (value ?? '').replace(/[&<>"']/g, (character) => entities[character]!);
}
