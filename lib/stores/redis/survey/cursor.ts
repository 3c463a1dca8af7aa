/** Where a walk goes on: of whom it began to walk, which of the servers, which run of it, and where in its keys. */
export interface Place {
  readonly layout: string;
  readonly server: number;
  /** Empty until the server was asked first. */
  readonly run: string;
  readonly position: string;
}

const pattern = /^([\w-]+)\.(\d{1,5})\.(\w*)\.(\d{1,20})$/;

export function placeAtStart(layout: string, server = 0): Place {
  return { layout, server, run: '', position: '0' };
}

export function writePlace({ layout, server, run, position }: Place): string {
  return `${layout}.${server}.${run}.${position}`;
}

export function readPlace(cursor: string): Place | undefined {
  const [, layout, server, run, position] = pattern.exec(cursor) ?? [];
  if (layout === undefined || run === undefined || position === undefined) return undefined;
  return { layout, server: Number(server), run, position };
}
