/** What a .gitignore leaves out, as globs from its folder; each for a file and for a folder of that name. */
export function untrackedPaths(gitignore: string): string[] {
  const lines = gitignore.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.replace(/\/$/, ''))
    .map((line) => (line.startsWith('/') ? line.slice(1) : `**/${line}`))
    .flatMap((path) => [path, `${path}/**`]);
}
