/** Whether a file of the template belongs to the blog alone. `path` is relative, with `/`. */
export function belongsToBlog(path: string): boolean {
  return /^(blog|test|templates\/blog|static\/blog)(\/|$)/.test(path)
}

/**
 * A file of the template without the lines that need the blog. Files that are shared keep each mention of the blog on a
 * line of its own, so that leaving those lines out gives a sound file; a test makes such a project and type-checks it.
 */
export function withoutBlog(path: string, text: string): string {
  if (path === 'package.json') return text.replaceAll('nuages loaddemo && ', '')
  return text
    .split('\n')
    .filter((line) => !/\bblog\b/i.test(line))
    .join('\n')
}
