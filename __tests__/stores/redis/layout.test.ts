import { retention } from '../../../lib/store/retention';
import {
  headerBytes,
  headerFields,
  offset,
  recordFlag,
  recordFormat,
  recordState,
} from '../../../lib/stores/redis/layout';
import { type ScriptName, scriptTexts } from '../../../lib/stores/redis/script-texts';
import glance from '../../../lib/stores/redis/scripts/glance.lua';
import record from '../../../lib/stores/redis/scripts/record.lua';

const widths = { B: () => 1, I: Number, c: Number };

const scripts = scriptTexts(retention);

/** What a line of the shared Lua code assigns: `local A, B = 1, 2`. */
function assigned(name: string): string {
  for (const [, names = '', values = ''] of record.matchAll(/^local ([A-Z_, ]+) = (.*)$/gm)) {
    const index = names.split(', ').indexOf(name);
    if (index >= 0) return values.split(', ')[index]!;
  }
  throw new Error(`${name} is not assigned`);
}

const number = (name: string): number => Number(assigned(name));

test('the scripts read and write the header that the codec does', () => {
  const format = [...assigned('HEAD').matchAll(/([BIc])(\d*)/g)];
  expect(format.map(([, kind, width]) => widths[kind as keyof typeof widths](width))).toEqual(
    headerFields.map(([, width]) => width),
  );
  expect(number('HEAD_BYTES')).toBe(headerBytes);
  const names = headerFields.map(([name]) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const list = (start: string, end: string): string[] =>
    [...record.slice(record.indexOf(start), record.indexOf(end)).matchAll(/\br\.([a-z_]+)/g)].map(
      ([, name]) => name!,
    );
  expect(list('  r.format,', '= struct.unpack(HEAD')).toEqual(names);
  expect(list('struct.pack(HEAD', ') .. r.tail')).toEqual(names);
});

test('a glance takes each field from where it stands', () => {
  const format = /^local GLANCE = (.*)$/m.exec(glance)![1]!;
  const names = /^ {2}(r\.seen.*) = struct\.unpack\(GLANCE/m.exec(glance)![1]!.split(', ');
  const places: number[] = [];
  let at = offset.seen;
  for (const [, numbers, skipped] of format.matchAll(/'>?((?:I6)+)'|\('x'\):rep\((\d+)\)/g)) {
    for (const _ of numbers?.match(/I6/g) ?? []) {
      places.push(at);
      at += 6;
    }
    at += Number(skipped ?? 0);
  }
  const fields = names.map((name) => name.slice(2).replace('idle_window', 'idleWindow') as keyof typeof offset);
  expect(places).toEqual(fields.map((field) => offset[field]));
  expect(glance).toContain('r.state, r.flags = raw:byte(2, 3)');
  expect([offset.state + 1, offset.flags + 1]).toEqual([2, 3]);
});

test('the scripts know the same codes', () => {
  expect([number('FORMAT'), number('LIVE'), number('ENDED')]).toEqual([
    recordFormat,
    recordState.live,
    recordState.ended,
  ]);
  const { trusted, refreshRevoked, hasParent } = recordFlag;
  expect([number('TRUSTED'), number('REFRESH_REVOKED'), number('HAS_PARENT')]).toEqual([
    trusted,
    refreshRevoked,
    hasParent,
  ]);
});

test('a touch writes three neighbours', () => {
  expect(number('SEEN_AT')).toBe(offset.seen);
  expect([offset.access, offset.confirmed]).toEqual([offset.seen + 6, offset.seen + 12]);
});

test('the scripts are given the retention of their store', () => {
  const line = scripts.revoke.lua.split('\n')[0]!;
  for (const [name, value] of Object.entries(retention)) expect(line).toContain(`${name} = ${value}`);
});

test('a script is called by a name that its text decides', () => {
  const commands = Object.values(scripts).map(({ command }) => command);
  expect(new Set(commands).size).toBe(commands.length);
  for (const command of commands) expect(command).toMatch(/^sessionkeeper_[a-zA-Z]+_[0-9a-f]{8}$/);
});

test('A78 two stores that keep things for different times share no script that knows how long', () => {
  const others = scriptTexts({ ...retention, auditMilliseconds: retention.auditMilliseconds - 1 });
  const shared = Object.keys(scripts).filter((name) => {
    return scripts[name as ScriptName].command === others[name as ScriptName].command;
  });
  expect(shared.filter((name) => scripts[name as ScriptName].lua.includes('retention.'))).toEqual([]);
});
