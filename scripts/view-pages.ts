import { type BuildOptions, type InlineConfig, mergeConfig, type Plugin } from 'vite';

type ResolveDependencies = Exclude<NonNullable<BuildOptions['modulePreload']>, boolean>['resolveDependencies'];
/** What comes late comes from the disk, with all its styles there already: nothing is to be prepared for it. */
const resolveDependencies: ResolveDependencies = (_, files, { hostType }) => (hostType === 'html' ? files : []);

/** The pages that show the recent calls, of which every millisecond until the first row counts. */
const pages = /\/(popup|sidepanel)\/index\.html$/;

/**
 * How the views are put together. An extension's files come one by one from the disk, and each costs about as much as 50 kB of
 * script: so all that the calls need at first is one file, what asks the store stands beside it and runs before it is there,
 * and the styles are part of the page.
 */
export function withViewPages(config: InlineConfig): InlineConfig['build'] {
  const groups = [
    { name: 'start', test: /view\/at-start\.ts$|virtual:wxt-|preload-helper/, priority: 1 },
    { name: 'calls', test: /mount-calls-view\.tsx$/ },
  ];
  config.plugins?.push(firstPaint());
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
        // Before the other scripts, which wait for all of theirs.
        return styled.replace(
          '<script',
          `<script type="module" async crossorigin src="/${start.fileName}"></script>\n    <script`,
        );
      },
    },
  };
}
