import { SessionError } from '../../../lib/domain/error';

test('without ioredis an address is refused, and the error says what to install', async () => {
  jest.doMock('ioredis', () => {
    throw new Error("Cannot find module 'ioredis'");
  });
  try {
    const { loadIoredis } = await import('../../../lib/stores/redis/load-ioredis');
    expect(loadIoredis).toThrow(
      "RedisStore.url: needs the package 'ioredis', which is not installed: npm install ioredis",
    );
    expect(loadIoredis).toThrow(SessionError);
  } finally {
    jest.dontMock('ioredis');
  }
});
