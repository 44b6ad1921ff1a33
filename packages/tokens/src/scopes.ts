import { InvalidToken } from './errors.ts'

/** Stands for every scope. */
export const everyScope = '*'

/** RFC 6749 §3.3 */
const scopeName = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Whether `granted` has all of `asked`. What somebody has written into the column that is no list grants nothing. */
export function coversScopes(granted: readonly string[], asked: readonly string[]): boolean {
  // A text has `includes` as well: 'posts:*' would be everything, and 'posts:write' hold 'posts:w'.
  if (!Array.isArray(granted)) return false
  return granted.includes(everyScope) || asked.every((scope) => granted.includes(scope))
}

/** Throws `InvalidToken` where one of the names is none. */
export function assertScopes(scopes: readonly string[]): void {
  for (const scope of scopes) {
    if (scopeName.test(scope)) continue
    throw new InvalidToken(`'${scope}' cannot be a scope.`, {
      hint: 'A scope is a word of printable ASCII without spaces, quotes and backslashes, such as posts:write.',
    })
  }
}
