import { laptop, phone, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { TelemetrySdk } from '../fixtures/telemetry-sdk';
import { waitUntil } from '../harness/wait-until';

jest.setTimeout(60_000);

test.each(storeKinds)(
  'C-theft whoever shows a stolen token is judged as without telemetry, also where the near cache has it: $name',
  async (kind) => {
    const bench = new SessionBench(kind);
    const sdk = new TelemetrySdk();
    const everything = { low: 'revoke', medium: 'revoke', high: 'revoke' } as const;
    const alarm = { code: 'own', weight: 100, detect: () => ({ because: 'the test says so' }) };
    const sessions = bench.open({
      telemetry: { tracer: sdk.tracer, meter: sdk.meter },
      nearCache: { maxStale: '60s' },
      risk: { onSignIn: { high: 'allow' }, onUse: everything, signals: [alarm] },
    });
    const { tokens } = await signedIn(sessions);
    await waitUntil('the near cache serves its owner', async () => {
      expect(await sessions.verify(tokens.accessToken, laptop)).toMatchObject({ status: 'active' });
      return sessions.verifyFromCache(tokens.accessToken, {}, laptop) !== undefined;
    });
    expect(sessions.verifyFromCache(tokens.accessToken, {}, phone)).toBeUndefined();
    expect(await sessions.verify(tokens.accessToken, phone)).toMatchObject({ status: 'revoked', reason: 'risk' });
    await sessions.close();
    await sdk.close();
  },
);
