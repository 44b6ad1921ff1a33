/** What editors and version control leave beside files. Names that start with a dot are no static files anyway. */
export const defaultIgnorePatterns: readonly string[] = ['CVS', '*~']

/**
 * Whether a path is left out by shell-like patterns, each of which may match the whole path or the name of the file or of a
 * folder it is in: `*.psd`, `docs`, `vendor/*.map`. `*` also stands for `/`. Python's `fnmatch`, as Django uses it.
 */
export function ignoring(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map(toExpression)
  return (path) => {
    const parts = path.split('/')
    const folders = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    return expressions.some((expression) => [...parts, ...folders].some((name) => expression.test(name)))
  }
}

function toExpression(pattern: string): RegExp {
  const source = pattern.replaceAll(/\[(!?)([^\]]+)\]|[\s\S]/gu, (character, not: string | undefined, set?: string) => {
    if (set !== undefined) return `[${not ? '^' : ''}${set.replaceAll(/[\\[\]^]/g, '\\$&')}]`
    if (character === '*') return '.*'
    if (character === '?') return '.'
    return character.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  })
  return new RegExp(`^${source}$`, 'su')
}
