import { sessionRouter, type AdminActor } from '../../../lib';
import { adminScopes } from '../../../lib/domain/admin-scope';
import { impersonated } from '../../fixtures/impersonations';
import { signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';
import { listen } from '../../harness/listen';
import { mount } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

const rounds = 25;

test.each(storeKinds)(
  'A76 A68 on $name nobody gets in by ending the impersonation as they call',
  async ({ open }) => {
    const bench: AdminBench = new AdminBench({
      store: open(),
      admin: {
        // An app that first finds the session of the token, and then looks up what its user may do.
        async authorize({ headers }): Promise<AdminActor | null> {
          const outcome = await bench.sessions.verify(headers.authorization?.replace('Bearer ', '') ?? '');
          if (outcome.status !== 'active') return null;
          for (let turn = 0; turn < 5; turn++) await bench.sessions.health();
          const { id: sessionId, userId } = outcome.session;
          return { id: userId, scopes: adminScopes, sessionId };
        },
      },
    });
    mount(bench.app, '/own', sessionRouter(bench.sessions));
    const server = await listen(bench.app);
    const victim = await signedIn(bench.sessions, { userId: 'bob' });

    const statuses: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { tokens } = await impersonated(bench.sessions, { userId: 'alice' });
      const send = (path: string) =>
        fetch(server.url + path, { method: 'DELETE', headers: { Authorization: `Bearer ${tokens.accessToken}` } });
      const [attempt, ended] = await Promise.all([send('/admin/users/bob/sessions'), send('/own/current')]);
      statuses.push(attempt.status);
      expect(ended.status).toBe(204);
    }
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    expect(await bench.sessions.verify(victim.tokens.accessToken)).toMatchObject({ status: 'active' });
    await server.close();
    await bench.sessions.close();
  },
);
