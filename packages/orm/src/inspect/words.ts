/**
 * A name of the database in the spelling of TypeScript: `'published_at'` → `'publishedAt'`, `'Order Lines'` → `'orderLines'`. What
 * cannot stand in an identifier parts words. It may be empty, or start with a digit.
 */
export function camelCase(name: string): string {
  return words(name)
    .map((word, at) => (at === 0 ? lowered(word) : capitalised(word)))
    .join('')
}

/** `'blog_post'` → `'BlogPost'` */
export function pascalCase(name: string): string {
  return words(name).map(capitalised).join('')
}

function words(name: string): string[] {
  return name
    .normalize('NFC')
    .split(/[^\p{ID_Continue}]+|_+/u)
    .filter((word) => word !== '')
}

/** `'URL'` → `'url'`, `'FirstName'` → `'firstName'`, `'URLPath'` → `'urlPath'` */
function lowered(word: string): string {
  return word.replace(/^(?:\p{Lu}+(?![\p{Ll}])|\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu})/u, (capitals) => capitals.toLowerCase())
}

/** A word all in capitals is one that shouts, not several. */
function capitalised(word: string): string {
  const rest = /^[\p{Lu}\p{N}]+$/u.test(word) ? word.slice(1).toLowerCase() : word.slice(1)
  return word.slice(0, 1).toUpperCase() + rest
}

/** Whether a name may stand where TypeScript expects one. */
export function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name)
}
