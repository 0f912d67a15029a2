import { type Plugin, rolldown } from 'rolldown';
import { compile } from 'svelte/compiler';

const svelte: Plugin = {
  name: 'svelte',
  transform: {
    filter: { id: /\.svelte$/ },
    handler: (code, filename) => compile(code, { generate: 'client', filename, css: 'injected' }).js,
  },
};

/** A page of tests/fixtures/pages as a classic script, with its framework in development mode, which reports more errors. */
export async function bundlePage(name: string): Promise<string> {
  const bundle = await rolldown({
    input: new URL(`../../fixtures/pages/${name}.ts`, import.meta.url).pathname,
    platform: 'browser',
    logLevel: 'silent',
    plugins: [svelte],
    // The build of Vue that compiles templates in the page.
    resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' } },
    transform: {
      define: {
        'process.env.NODE_ENV': '"development"',
        __VUE_OPTIONS_API__: 'true',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
      },
    },
  });
  const { output } = await bundle.generate({ format: 'iife' });
  return output[0].code;
}
