import { minify } from 'terser';
import { type BuildOptions, type InlineConfig, mergeConfig, type Plugin } from 'vite';

type ResolveDependencies = Exclude<NonNullable<BuildOptions['modulePreload']>, boolean>['resolveDependencies'];
/** No preloads for lazy chunks: they are read from the disk, and hold their own styles. */
const resolveDependencies: ResolveDependencies = (_, files, { hostType }) => (hostType === 'html' ? files : []);

/** The pages that show the recent calls, where every millisecond until the first row counts. */
const pages = /\/(popup|sidepanel)\/index\.html$/;

/**
 * How the views are bundled. The browser loads an extension's files from the disk one by one, and each costs about as much as
 * 50 kB of script. All code that the call list needs at first is therefore one file; a second small file reads the stored state
 * and runs before the first one has loaded; the styles needed at first are inlined into the page.
 */
export function withViewPages(config: InlineConfig): InlineConfig['build'] {
  const groups = [
    { name: 'start', test: /view\/at-start\.ts$|virtual:wxt-|preload-helper/, priority: 1 },
    { name: 'calls', test: /mount-calls-view\.tsx$/ },
  ];
  config.plugins?.push(firstPaint(), minifyAgain());
  const build = {
    modulePreload: { polyfill: false, resolveDependencies },
    rolldownOptions: { output: { codeSplitting: { groups } } },
  };
  return mergeConfig(config, { build }).build;
}

function firstPaint(): Plugin {
  return {
    name: 'dialside:first-paint',
    transformIndexHtml: {
      order: 'post',
      handler(html, { filename, bundle = {} }) {
        if (!pages.test(filename)) return html;
        const start = Object.values(bundle).find(({ type, name }) => type === 'chunk' && name === 'start');
        if (!start) this.error('The script that asks for what a view remembers was not built.');
        const styled = html.replaceAll(/<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/g, (_, path: string) => {
          const styles = bundle[path];
          if (styles?.type !== 'asset') return this.error(`${path} is not among the styles that were built.`);
          return `<style>${styles.source}</style>`;
        });
        // Placed before the other scripts, which wait until all their imports have loaded.
        return styled.replace(
          '<script',
          `<script type="module" async crossorigin src="/${start.fileName}"></script>\n    <script`,
        );
      },
    },
  };
}

/** What every opening reads is minified twice: terser shortens what the bundler's own minifier leaves; alone it leaves more. */
function minifyAgain(): Plugin {
  return {
    name: 'dialside:minify-again',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !['start', 'calls'].includes(chunk.name)) continue;
        const { code } = await minify(chunk.code, { module: true, compress: { passes: 3 } });
        chunk.code = code ?? chunk.code;
      }
    },
  };
}
