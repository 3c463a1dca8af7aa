import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { SessionError } from '../../lib/domain/error';
import { refusalOf, rejectionOf } from '../fixtures/refusal-of';
import { SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { TelemetrySdk } from '../fixtures/telemetry-sdk';

const shown = ({ name, attributes, status }: ReadableSpan): unknown => ({
  name,
  outcome: attributes['sessionkeeper.outcome'] ?? attributes['error.type'],
  isError: status.code === SpanStatusCode.ERROR,
});

describe.each(storeKinds)('on $name', (kind) => {
  let bench: SessionBench;
  let sdk: TelemetrySdk;
  beforeAll(() => {
    bench = new SessionBench(kind);
    sdk = new TelemetrySdk();
  });
  afterEach(() => sdk.forgetSpans());
  afterAll(async () => {
    await bench.close();
    await sdk.close();
  });

  test('each operation has a span of its own, that tells its outcome and the store', async () => {
    const sessions = bench.open({ telemetry: { tracer: sdk.tracer } });
    const { tokens, session, userId } = await signedIn(sessions);
    await sessions.verify(tokens.accessToken);
    await sessions.limits.set(userId, 3);
    await sessions.introspect(tokens.accessToken);
    await sessions.list(userId);
    await sessions.revoke(session.id);
    await sessions.verify(tokens.accessToken);
    await sessions.introspect(tokens.accessToken);
    await sessions.get(session.id);
    await sessions.verify('nonsense');
    expect(sdk.spans().map(shown)).toEqual(
      [
        ['create', 'created'],
        ['verify', 'active'],
        ['limits.set', 'none'],
        ['introspect', 'active'],
        ['list', 'done'],
        ['revoke', 'ended'],
        ['verify', 'revoked'],
        ['introspect', 'inactive'],
        ['get', 'none'],
        ['verify', 'invalid'],
      ].map(([name, outcome]) => ({ name: `sessionkeeper.${name}`, outcome, isError: false })),
    );
    expect(new Set(sdk.spans().map(({ kind: spanKind }) => spanKind))).toEqual(new Set([SpanKind.INTERNAL]));
    expect(new Set(sdk.spans().map(({ attributes }) => attributes['sessionkeeper.store']))).toEqual(
      new Set([kind.name]),
    );
  });

  test('a fault marks its span, by its type alone', async () => {
    const sessions = bench.open({ telemetry: { tracer: sdk.tracer } });
    const { tokens } = await signedIn(sessions);
    sdk.forgetSpans();
    bench.store.interceptNext('find', () =>
      Promise.reject(new SessionError('store_unavailable', { detail: 'secret detail' })),
    );
    bench.store.interceptNext('find', () => Promise.reject(new TypeError('secret detail')));
    bench.store.interceptNext('find', () =>
      Promise.reject(Object.assign(new Error(), { name: 'alice@example.com' })),
    );
    for (let fault = 0; fault < 3; fault += 1) {
      expect(await sessions.verify(tokens.accessToken).catch((error: unknown) => error)).toBeInstanceOf(Error);
    }
    await rejectionOf(sessions.list(''));
    expect(sdk.spans().map(shown)).toEqual([
      { name: 'sessionkeeper.verify', outcome: 'store_unavailable', isError: true },
      { name: 'sessionkeeper.verify', outcome: 'TypeError', isError: true },
      { name: 'sessionkeeper.verify', outcome: '_OTHER', isError: true },
      { name: 'sessionkeeper.list', outcome: 'request_invalid', isError: true },
    ]);
    expect(sdk.spans().map(({ events }) => events.map(({ name, attributes }) => [name, attributes]))).toEqual(
      ['store_unavailable', 'TypeError', '_OTHER', 'request_invalid'].map((type) => [
        ['exception', { 'exception.type': type }],
      ]),
    );
    expect(sdk.spans().map(({ status }) => status.message)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('what is thrown at once is thrown at once, and has its span', () => {
    const sessions = bench.open({ telemetry: { tracer: sdk.tracer } });
    expect(refusalOf(() => sessions.limits.get(''))).toMatchObject({ code: 'request_invalid' });
    expect(sdk.spans().map(shown)).toEqual([
      { name: 'sessionkeeper.limits.get', outcome: 'request_invalid', isError: true },
    ]);
  });

  test('a span is a child of what is active around the call, and the parent of what the store does', async () => {
    const sessions = bench.open({ telemetry: { tracer: sdk.tracer } });
    const { tokens } = await signedIn(sessions);
    sdk.forgetSpans();
    bench.store.interceptNext('find', (proceed) =>
      sdk.tracer.startActiveSpan('GET', async (span) => {
        const found = await proceed();
        span.end();
        return found;
      }),
    );
    await sdk.tracer.startActiveSpan('request', async (span) => {
      await sessions.verify(tokens.accessToken);
      span.end();
    });
    const [command, verify, request] = sdk.spans();
    expect([command, verify, request].map((span) => span?.name)).toEqual([
      'GET',
      'sessionkeeper.verify',
      'request',
    ]);
    expect(verify?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(command?.parentSpanContext?.spanId).toBe(verify?.spanContext().spanId);
  });

  test('parallel operations stay below the request that asked for each', async () => {
    const sessions = bench.open({ telemetry: { tracer: sdk.tracer } });
    const people = await Promise.all(Array.from({ length: 20 }, () => signedIn(sessions)));
    sdk.forgetSpans();
    await Promise.all(
      people.map(({ tokens, userId }, index) =>
        sdk.tracer.startActiveSpan(`request ${index}`, async (span) => {
          await Promise.all([sessions.verify(tokens.accessToken), sessions.list(userId)]);
          await sessions.history(userId);
          span.end();
        }),
      ),
    );
    const spans = sdk.spans();
    for (const request of spans.filter(({ name }) => name.startsWith('request'))) {
      const children = spans.filter(
        ({ parentSpanContext }) => parentSpanContext?.spanId === request.spanContext().spanId,
      );
      expect(children.map(({ name }) => name).sort()).toEqual(
        ['history', 'list', 'verify'].map((name) => `sessionkeeper.${name}`),
      );
    }
    expect(spans).toHaveLength(80);
  });
});

test('a tracer that throws harms no operation', async () => {
  const bench = new SessionBench(storeKinds[0]!);
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  const failing = (): never => {
    throw new Error('alice');
  };
  const before = bench.open({ telemetry: { tracer: { startActiveSpan: failing } } });
  const span = { setAttribute: failing, setStatus: failing, recordException: failing, end: failing };
  const after = bench.open({ telemetry: { tracer: { startActiveSpan: (_name, _options, run) => run(span) } } });
  for (const sessions of [before, after]) {
    const { tokens } = await signedIn(sessions);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await rejectionOf(sessions.list(''))).toMatchObject({ code: 'request_invalid' });
  }
  expect(warned.mock.calls.map(([text]) => String(text))).toEqual([
    expect.not.stringContaining('alice') as unknown,
  ]);
  warned.mockRestore();
  await bench.close();
});
