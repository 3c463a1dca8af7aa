import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'lib/index.ts',
    types: 'lib/types.ts',
    'store-conformance': 'lib/store/conformance/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: true,
  tsconfig: 'tsconfig.build.json',
  target: 'node20',
  loader: { '.lua': 'text' },
  shims: true,
  sourcemap: true,
  clean: true,
});
