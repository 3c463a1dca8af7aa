import { fleetCounts } from '../../../lib/contract/fleet-counts';
import { fleetDryRun } from '../../../lib/contract/fleet-dry-run';
import { oneFleetEnding } from '../../../lib/contract/one-fleet-ending';
import { mintOneTimeToken } from '../../../lib/tokens/one-time-token';
import { laptop, listenTo, namesOf, phone, signedIn } from '../../fixtures/session-bench';
import { waitUntil } from '../../harness/wait-until';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

jest.setTimeout(60_000);

const endings = '/fleet/endings';

describe.each(frameworks)('everybody’s sessions, for administrators on $name', (framework) => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench({ framework })));
  afterEach(() => bench.sessions.close());

  async function prepare(body: object = {}): Promise<ReturnType<typeof fleetDryRun.parse>> {
    const answer = await bench
      .call('post', endings)
      .send({ dryRun: true, ...body })
      .expect(200);
    return fleetDryRun.parse(answer.body);
  }

  async function ended(): Promise<ReturnType<typeof oneFleetEnding.parse>['ending']> {
    const { body } = await bench.call('get', `${endings}/latest`).expect(200);
    return oneFleetEnding.parse(body).ending;
  }

  const isFinished = async (): Promise<boolean> => (await ended()).status === 'finished';

  test('are counted', async () => {
    await signedIn(bench.sessions, { userId: 'alice', client: { ...laptop, location: { country: 'DE' } } });
    await signedIn(bench.sessions, { userId: 'alice', client: phone });
    await signedIn(bench.sessions, { userId: 'bob', client: phone });
    const counts = fleetCounts.parse((await bench.call('get', '/fleet/counts?maxAge=0s').expect(200)).body);
    expect(counts).toMatchObject({ sessions: 3, users: 2, byDeviceType: { desktop: 1, phone: 2 } });
    expect(counts.byCountry).toEqual({ DE: 1, unknown: 2 });
    await signedIn(bench.sessions, { userId: 'eve' });
    expect((await bench.call('get', '/fleet/counts?maxAge=1h').expect(200)).body).toMatchObject({ sessions: 3 });
  });

  test.each(['5', '-1s', 'soon', '1e3s', '999999999999999d', ''])(
    'are not counted for maxAge=%s',
    async (maxAge) => {
      const { body } = await bench.call('get', `/fleet/counts?maxAge=${maxAge}`).expect(400);
      expect(body).toMatchObject({ code: 'request_invalid', field: 'maxAge' });
    },
  );

  test('A35: end for everyone once a dry run was confirmed, and everyone is told why', async () => {
    const tokens = [];
    for (const userId of ['alice', 'alice', 'bob', 'carol']) tokens.push(await bench.bearer(userId));
    await bench.call('get', `${endings}/latest`).expect(404);
    const dryRun = await prepare({ reason: 'breach' });
    expect(dryRun).toMatchObject({ sessions: 4, users: 3 });
    for (const { accessToken } of tokens) {
      expect(await bench.sessions.verify(accessToken)).toMatchObject({ status: 'active' });
    }
    const { body } = await bench.call('post', endings).send({ confirmation: dryRun.confirmation }).expect(202);
    expect(oneFleetEnding.parse(body).ending).toMatchObject({
      reason: 'breach',
      actor: { type: 'admin', id: 'root' },
      expected: 4,
    });
    await waitUntil('all have ended', isFinished, 15_000);
    expect(await ended()).toMatchObject({ endedSessions: 4, endedUsers: 3 });
    for (const { accessToken } of tokens) {
      expect(await bench.sessions.verify(accessToken)).toMatchObject({ status: 'revoked', reason: 'breach' });
    }
    const { data } = await bench.sessions.history('bob', { limit: 1 });
    expect(data).toMatchObject([{ event: 'sessions_revoked', actor: { type: 'admin', id: 'root' } }]);
  });

  test('end by nobody else’s confirmation, by none that was made up, and by the same one once', async () => {
    await bench.bearer('alice');
    const { confirmation } = await prepare();
    const other = await bench.callWith('fleet:write', 'post', endings).send({ confirmation }).expect(403);
    expect(other.body).toMatchObject({ code: 'one_time_token_invalid', reason: 'invalid' });
    for (const forged of ['', 'x', `${confirmation}A`, mintOneTimeToken().token]) {
      const answer = await bench.call('post', endings).send({ confirmation: forged }).expect(403);
      expect(answer.body).toMatchObject({ code: 'one_time_token_invalid', reason: 'invalid' });
    }
    await bench.call('get', `${endings}/latest`).expect(404);
    const first = await bench.call('post', endings).send({ confirmation }).expect(202);
    const again = await bench.call('post', endings).send({ confirmation }).expect(202);
    expect(oneFleetEnding.parse(again.body).ending.id).toBe(oneFleetEnding.parse(first.body).ending.id);
  });

  test('end once, whoever asks for it at the same time', async () => {
    for (const userId of ['alice', 'bob', 'carol']) await bench.bearer(userId);
    const heard = listenTo(bench.sessions);
    const dryRuns = await Promise.all([prepare(), prepare(), prepare()]);
    const answers = await Promise.all(
      dryRuns.flatMap(({ confirmation }) =>
        [1, 2].map(async () => bench.call('post', endings).send({ confirmation })),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => ![202, 409].includes(status))).toEqual([]);
    expect(statuses).toContain(202);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused.every(({ body }) => (body as { code: string }).code === 'fleet_ending_under_way')).toBe(true);
    await waitUntil('all have ended', isFinished, 15_000);
    const started = new Set(
      answers.filter(({ status }) => status === 202).map(({ body }) => oneFleetEnding.parse(body).ending.id),
    );
    expect(namesOf(heard).filter((name) => name === 'fleet.ending-started')).toHaveLength(started.size);
    for (const userId of ['alice', 'bob', 'carol']) expect((await bench.sessions.list(userId)).data).toEqual([]);
  });

  test.each([
    {},
    { dryRun: false },
    { dryRun: true, confirmation: 'x' },
    { dryRun: true, reason: 'Not A Word' },
    { confirmation: 'x', reason: 'breach' },
    { confirmation: 7 },
    { reason: 'breach' },
  ])('are not ended by %j', async (body) => {
    await bench.bearer('alice');
    const answer = await bench.call('post', endings).send(body).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid' });
    await bench.call('get', `${endings}/latest`).expect(404);
  });
});
