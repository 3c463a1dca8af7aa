import { type ManagerOptions, MemoryStore, SessionManager } from '../../../lib';

const code = 'SESSIONKEEPER_RISK_WITHOUT_ADDRESS';

test('risk of uses without addresses is warned of when the manager is made, once a process', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const warned = () => warn.mock.calls.filter(([, options]) => (options as { code?: string }).code === code).length;
  const open = async (options: ManagerOptions) =>
    new SessionManager({ store: new MemoryStore(), ...options }).close();
  await open({ privacy: { ip: 'none' } });
  await open({ privacy: { ip: 'none' }, risk: { onUse: false } });
  await open({ privacy: { ip: 'truncated' }, risk: {} });
  await open({ risk: {} });
  expect(warned()).toBe(0);
  await open({ privacy: { ip: 'none' }, risk: {} });
  expect(warned()).toBe(1);
  await open({ privacy: { ip: 'none' }, risk: {} });
  expect(warned()).toBe(1);
  warn.mockRestore();
});
