import { textOf } from './source-tree';

export interface LuaScript {
  path: string;
  /** Prepended to others, never run alone. */
  isPart: boolean;
  header: string;
  /** `KEYS[1]`, `ARGV[2]`, as the header names them and as the code uses them. */
  named: Set<string>;
  used: Set<string>;
}

/** Reads a script and what its header promises: `KEYS[1]  session; KEYS[2] index`, `ARGV  1 at, 2 not after`. */
export function readScript(path: string): LuaScript {
  const text = textOf(path);
  const header = /^(--.*\n)+/.exec(text)?.[0] ?? '';
  const listed = /-- ARGV\s([\s\S]*?)(?=-- Returns|$)/.exec(header)?.[1] ?? '';
  const argumentNumbers = [...listed.matchAll(/(?:^|,| and|\n--)\s*(\d+) /g)].map(
    ([, number]) => `ARGV[${number}]`,
  );
  return {
    path,
    header,
    isPart: header.includes('never run alone'),
    named: new Set([...(header.match(/KEYS\[\d+\]/g) ?? []), ...argumentNumbers]),
    used: new Set(text.slice(header.length).match(/\b(KEYS|ARGV)\[\d+\]/g) ?? []),
  };
}
