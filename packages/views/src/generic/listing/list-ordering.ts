import type { ModelMeta } from '@nuages/orm'
import { calledAt, capitalised } from './called-at.ts'

/** A path that a list may be ordered by, and whether it is. */
export interface ListOrdering {
  readonly name: string
  readonly label: string
  readonly isActive: boolean
  readonly isDescending: boolean
  /** What the parameter has to be for rows in this order, and in the reverse. */
  readonly ascending: string
  readonly descending: string
  /** What a link in the column's head asks for: the reverse of the order that the rows are in. */
  readonly next: string
}

/** The terms of `asked`, such as `-publishedAt,title`, that are allowed; each path once. */
export function allowedTerms(asked: string, allowed: readonly string[]): readonly string[] {
  const terms = new Map<string, string>()
  for (const term of asked.split(',')) {
    const path = pathOf(term)
    if (allowed.includes(path) && !terms.has(path)) terms.set(path, term)
  }
  return [...terms.values()]
}

/** What a template needs for links that order the rows. `current` are the terms that they are ordered by. */
export function listOrderings(
  meta: ModelMeta,
  allowed: readonly string[],
  current: readonly string[],
): readonly ListOrdering[] {
  return allowed.map((name) => {
    const term = current.find((one) => pathOf(one) === name)
    const isDescending = term?.startsWith('-') ?? false
    return {
      name,
      label: capitalised(calledAt(meta, name.split('__'))),
      isActive: term !== undefined,
      isDescending,
      ascending: name,
      descending: `-${name}`,
      next: term === undefined || isDescending ? name : `-${name}`,
    }
  })
}

function pathOf(term: string): string {
  return term.startsWith('-') ? term.slice(1) : term
}
