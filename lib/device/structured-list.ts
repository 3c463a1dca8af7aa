/** A member of a list of texts: `"Chromium";v="138"`. */
export interface ListMember {
  readonly text: string;
  /** By name; only those whose value is a text. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads a list of texts as structured fields have it (RFC 9651 section 3.1), in one pass. What comes behind the first fault is left
 * out: the header may have been cut to its limit, and whoever sends it need not be a browser.
 */
export function readTextList(field: string): readonly ListMember[] {
  const cursor = new Cursor(field);
  const members: ListMember[] = [];
  do {
    const member = readMember(cursor);
    if (!member) break;
    members.push(member);
  } while (cursor.skip(','));
  return members;
}

function readMember(cursor: Cursor): ListMember | undefined {
  const text = cursor.text();
  if (text === undefined) return undefined;
  const parameters: Record<string, string> = {};
  while (cursor.skip(';')) {
    const name = cursor.key();
    const value = cursor.skip('=') ? cursor.text() : undefined;
    if (!name || value === undefined) return undefined;
    parameters[name] = value;
  }
  return cursor.isBetweenMembers() ? { text, parameters } : undefined;
}

/** Where in the field the reading is. It only ever goes forward. */
class Cursor {
  readonly #field: string;
  #at = 0;

  constructor(field: string) {
    this.#field = field;
  }

  skip(character: string): boolean {
    this.#skipSpace();
    if (this.#field[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  isBetweenMembers(): boolean {
    this.#skipSpace();
    return this.#at === this.#field.length || this.#field[this.#at] === ',';
  }

  key(): string {
    this.#skipSpace();
    const start = this.#at;
    while (/[a-z0-9_*.-]/.test(this.#field[this.#at] ?? '')) this.#at++;
    return this.#field.slice(start, this.#at);
  }

  /** undefined where no whole text stands here. */
  text(): string | undefined {
    if (!this.skip('"')) return undefined;
    let text = '';
    while (this.#at < this.#field.length) {
      const character = this.#field[this.#at++]!;
      if (character === '"') return text;
      text += character === '\\' ? (this.#field[this.#at++] ?? '') : character;
    }
    return undefined;
  }

  #skipSpace(): void {
    while (this.#field[this.#at] === ' ' || this.#field[this.#at] === '\t') this.#at++;
  }
}
