/** Turns a .gitignore into globs relative to its folder: one for a file and one for a folder of each name. */
export function untrackedPaths(gitignore: string): string[] {
  const lines = gitignore.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.replace(/\/$/, ''))
    .map((line) => (line.startsWith('/') ? line.slice(1) : `**/${line}`))
    .flatMap((path) => [path, `${path}/**`]);
}
