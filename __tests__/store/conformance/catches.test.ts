import { MemoryStore } from '../../../lib/stores/memory';
import { brokenStores } from './broken-stores';
import { failuresOf } from './collecting-runner';

test('a store that keeps every promise passes', async () => {
  expect(await failuresOf(() => new MemoryStore())).toEqual([]);
});

test.each(brokenStores.map(([Store, title]) => ({ name: Store.name, Store, title })))(
  'the suite catches $name',
  async ({ Store, title }) => {
    // The one test that is there for it: that none of the others would notice is no matter.
    const failed = await failuresOf(() => new Store(), title);
    expect(failed).toContainEqual(expect.stringContaining(title));
  },
);
