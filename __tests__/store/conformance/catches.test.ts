import { MemoryStore } from '../../../lib/stores/memory';
import { brokenStores } from './broken-stores';
import { failuresOf } from './collecting-runner';

test('a store that keeps every promise passes', async () => {
  expect(await failuresOf(() => new MemoryStore())).toEqual([]);
});

test.each(brokenStores.map(([Store, title]) => ({ name: Store.name, Store, title })))(
  'the suite catches $name',
  async ({ Store, title }) => {
    const failed = await failuresOf(() => new Store());
    expect(failed).toContainEqual(expect.stringContaining(title));
  },
);
