import type { QueryChanges, QueryDict } from '@nuages/http'
import type { HiddenValue } from '../pages/printable.ts'

/** The parameters that are about the list itself. Every other one is a filter. Names are Django's. */
export const listParameters = {
  search: 'q',
  order: 'o',
  page: 'p',
  all: 'all',
  popup: '_popup',
  toField: '_to_field',
} as const

const own: ReadonlySet<string> = new Set(Object.values(listParameters))

/** The query string of a change list, and the links to what is nearly the same list. */
export class ListQuery {
  readonly query: QueryDict

  constructor(query: QueryDict) {
    this.query = query
  }

  get(name: string): string | undefined {
    return this.query.get(name)
  }

  /** The names of parameters that filter. */
  filterNames(): readonly string[] {
    return [...this.query.keys()].filter((name) => !own.has(name))
  }

  /** The list with some parameters replaced: from its first page, unless the page is among them. */
  url(changes: QueryChanges): string {
    return `?${this.query.with({ [listParameters.page]: null, ...changes })}`
  }

  /** What a form of the page has to carry along so that nothing but the parameters `without` changes. */
  hidden(without: readonly string[]): readonly HiddenValue[] {
    return [...this.query.entries()]
      .filter(([name]) => name !== listParameters.page && !without.includes(name))
      .map(([name, value]) => ({ name, value }))
  }
}

/** Changes that take parameters out. */
export function without(names: readonly string[]): QueryChanges {
  return Object.fromEntries(names.map((name) => [name, null]))
}
