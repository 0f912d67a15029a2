import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['node_modules/**', '.output/**', 'tests/e2e/**', 'tests/faults/**'],
    mockReset: true,
    restoreMocks: true,
    // A loaded machine may miss a moment once; what was found wrong of generated input stands.
    retry: { count: 1, condition: /^(?!Property failed)/ },
  },
});
