import { sessionRouter, type DevicePageBody } from '../../lib';
import { devicePage } from '../../lib/contract/device-page';
import { minute } from '../fixtures/session-record';
import type { Browser } from './fixtures/browser';
import { frameworks, mount } from './fixtures/frameworks';
import { accessCookie, deviceCookie, HttpBench } from './fixtures/http-bench';
import { ImpersonationBench } from './fixtures/impersonation-bench';

const own = '/api/v1/sessions';

async function devicesOf(browser: Browser, at = `${own}/devices`): Promise<DevicePageBody['data']> {
  return devicePage.parse((await browser.get(at).expect(200)).body).data;
}

async function deviceIdOf(browser: Browser): Promise<string> {
  return (await devicesOf(browser)).find(({ current }) => current)!.device.id!;
}

describe.each(frameworks)('devices on $name', (framework) => {
  let bench: HttpBench;
  let laptop: Browser;
  let phone: Browser;
  beforeEach(async () => {
    bench = new HttpBench({ framework });
    laptop = await bench.signedIn();
    phone = await bench.signedIn();
  });

  test('A72 one’s own sessions stand by device, the asker’s marked, without secrets', async () => {
    await bench.signedIn('user=bob');
    const devices = await devicesOf(laptop);
    expect(devices.map(({ current, sessions }) => [current, sessions.map((view) => view.current)])).toEqual([
      [false, [false]],
      [true, [true]],
    ]);
    const deviceIds = await Promise.all([phone, laptop].map(deviceIdOf));
    expect(devices.map(({ device }) => device.id)).toEqual(deviceIds);
    expect(devices[0]!.sessions[0]!.data).toEqual({});
    expect(JSON.stringify(devices)).not.toContain(laptop.value(deviceCookie));
  });

  test('ends another device', async () => {
    const deviceId = await deviceIdOf(phone);
    const answer = await laptop.send('delete', `${own}/devices/${deviceId}`).expect(200);
    expect(answer.body).toEqual({ ended: 1 });
    await phone.get('/me').expect(401);
    await laptop.get('/me').expect(200);
    await laptop.send('delete', `${own}/devices/${deviceId}`).expect(404);
  });

  test('ends one’s own, with all that is signed in there, and clears its cookies', async () => {
    const deviceId = await deviceIdOf(laptop);
    const cookie = laptop.value(deviceCookie)!;
    const input = { userId: 'alice', deviceId: cookie, applicationId: 'admin' };
    const outcome = await bench.sessions.create(input);
    if (outcome.status !== 'created') throw new Error(outcome.status);
    const answer = await laptop.send('delete', `${own}/devices/${deviceId}`).expect(200);
    expect(answer.body).toEqual({ ended: 2 });
    expect(laptop.value(accessCookie)).toBeUndefined();
    expect(await bench.sessions.get(outcome.session.id)).toBeUndefined();
    await laptop.get('/me').expect(401);
    await phone.get('/me').expect(200);
  });

  test('C-IDOR another user’s device answers as one that is not there', async () => {
    const deviceId = await deviceIdOf(laptop);
    const bob = await bench.signedIn('user=bob');
    const [foreign, unknown] = [deviceId, 'AAAAAAAAAAA'];
    const answers = [
      await bob.send('delete', `${own}/devices/${foreign}`).expect(404),
      await bob.send('delete', `${own}/devices/${unknown}`).expect(404),
    ];
    expect(answers[0]!.body).toEqual(answers[1]!.body);
    await laptop.get('/me').expect(200);
  });

  test.each(['%00', 'x'.repeat(300), '__proto__', '..%2f..'])('%s is no device', async (deviceId) => {
    await laptop.send('delete', `${own}/devices/${deviceId}`).expect(404);
  });
});

test('A73 ending a device takes a recent login, where the app wants that; signing out does not', async () => {
  const bench = new HttpBench({
    options: { lifetimes: { accessToken: '1h' } },
    routes: (app, sessions) => mount(app, '/strict', sessionRouter(sessions, { recentLogin: '15m' })),
  });
  const other = await bench.signedIn();
  const browser = await bench.signedIn();
  const deviceIds = [await deviceIdOf(other), await deviceIdOf(browser), 'AAAAAAAAAAA'];
  bench.time.advance(16 * minute);
  for (const deviceId of deviceIds) {
    const { body } = await browser.send('delete', `/strict/devices/${deviceId}`).expect(401);
    expect(body).toMatchObject({ code: 'login_required' });
  }
  await other.get('/me').expect(200);
  await browser.send('delete', '/strict/current').expect(204);
});

describe('an administrator in a user’s place', () => {
  async function scene(visible: boolean) {
    const bench = new ImpersonationBench({ options: { impersonation: { visible } } });
    const user = await bench.signedIn();
    const browser = await bench.acting();
    const { id, device } = (await bench.sessions.list('alice')).data.find(({ actor }) => actor)!;
    return { bench, user, browser, id, deviceId: device.id };
  }

  test('sees the devices, and ends none', async () => {
    const { user, browser } = await scene(true);
    expect(await devicesOf(browser)).toHaveLength(2);
    const path = `${own}/devices/${await deviceIdOf(user)}`;
    const { body } = await browser.send('delete', path).expect(403);
    expect(body).toMatchObject({ code: 'forbidden_while_impersonating' });
  });

  test('is on no list where the app hides it, whatever device it is on', async () => {
    const { bench, user, browser, id } = await scene(false);
    expect((await devicesOf(user)).flatMap(({ sessions }) => sessions.map((view) => view.id))).not.toContain(id);
    expect(await devicesOf(browser)).toHaveLength(2);
    // Even on the user's own device, such as at a help desk.
    const deviceId = user.value(deviceCookie)!;
    const started = await bench.sessions.impersonation.start({
      actor: { id: 'support-8', scopes: ['impersonate'] },
      userId: 'alice',
      reason: 'Ticket 4712',
      client: { deviceId },
    });
    if (started.status !== 'started') throw new Error(started.status);
    expect((await devicesOf(user)).flatMap(({ sessions }) => sessions)).toHaveLength(1);
    const { body } = await user.send('delete', `${own}/devices/${await deviceIdOf(user)}`).expect(200);
    expect(body).toEqual({ ended: 1 });
    expect(await bench.sessions.get(started.session.id)).toBeDefined();
  });
});
