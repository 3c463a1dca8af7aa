import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'lib/index.ts',
    types: 'lib/types.ts',
    'store-conformance': 'lib/store/conformance/index.ts',
    cli: 'lib/cli/main.ts',
  },
  format: ['esm', 'cjs'],
  // The command has nothing to import.
  dts: {
    entry: {
      index: 'lib/index.ts',
      types: 'lib/types.ts',
      'store-conformance': 'lib/store/conformance/index.ts',
    },
  },
  tsconfig: 'tsconfig.build.json',
  target: 'node20',
  loader: { '.lua': 'text' },
  shims: true,
  sourcemap: true,
  clean: true,
});
