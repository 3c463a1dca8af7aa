import { CachedDeviceParser } from '../../lib/device/cached-parser';
import { unknownDevice } from '../../lib/device/user-agent-parser';

function counted(): { parser: CachedDeviceParser; parse: jest.Mock } {
  const parse = jest.fn((client: { userAgent?: string }) => ({
    ...unknownDevice,
    model: client.userAgent ?? null,
  }));
  return { parser: new CachedDeviceParser({ parse }), parse };
}

test('a user agent is parsed once', () => {
  const { parser, parse } = counted();
  const first = parser.parse({ userAgent: 'a' });
  expect(parser.parse({ userAgent: 'a', ip: '192.0.2.1' })).toBe(first);
  expect(parse).toHaveBeenCalledTimes(1);
  expect(first.model).toBe('a');
});

test('other hints are another client', () => {
  const { parser, parse } = counted();
  parser.parse({ userAgent: 'a' });
  parser.parse({ userAgent: 'a', hints: { 'sec-ch-ua-model': '"Pixel"' } });
  parser.parse({});
  expect(parse).toHaveBeenCalledTimes(3);
});

test('no two clients are taken for one, however their texts are joined', () => {
  const { parser, parse } = counted();
  parser.parse({ userAgent: 'a",{"x":"y"' });
  parser.parse({ userAgent: 'a', hints: { x: 'y' } });
  expect(parse).toHaveBeenCalledTimes(2);
});

test('A58 a thousand are kept; the one used longest ago goes', () => {
  const { parser, parse } = counted();
  for (let index = 0; index < 1_000; index++) parser.parse({ userAgent: `${index}` });
  parser.parse({ userAgent: '0' });
  expect(parse).toHaveBeenCalledTimes(1_000);
  parser.parse({ userAgent: 'new' });
  parser.parse({ userAgent: '0' });
  expect(parse).toHaveBeenCalledTimes(1_001);
  parser.parse({ userAgent: '1' });
  expect(parse).toHaveBeenCalledTimes(1_002);
});

test('what is kept cannot be changed by whoever got it', () => {
  const { parser } = counted();
  expect(Object.isFrozen(parser.parse({ userAgent: 'a' }))).toBe(true);
});
