import crypto from 'node:crypto';
import { deviceMark } from '../../lib/device/device-mark';
import { laptop, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('what a check shows, on $name', (kind) => {
  test('the device is hashed when it signs in, and by no check after that', async () => {
    const bench = new SessionBench(kind);
    const sessions = bench.open({ risk: {} });
    const client = { ...laptop, deviceId: `device-of-${kind.name}` };
    const hash = jest.spyOn(crypto, 'hash');
    const hashed = () => hash.mock.calls.filter(([, data]) => data === client.deviceId).length;
    const { tokens } = await signedIn(sessions, { client });
    const before = hashed();
    expect(before).toBeGreaterThan(0);
    for (let count = 0; count < 3; count++) {
      const outcome = await sessions.verify(tokens.accessToken, client);
      expect(outcome).toMatchObject({ session: { device: { id: deviceMark(client.deviceId) } } });
    }
    expect(hashed()).toBe(before);
    hash.mockRestore();
    await bench.close();
  });
});
