import type { Operations } from '../../backends/operations.ts'
import type { ExpressionNode } from '../expressions/node.ts'
import { type Fragment, fragment, join, sql } from '../fragment.ts'
import type { Lift } from './compile-context.ts'

/** A SELECT around another: the columns that the inside gives, each once, under names of their own. */
export class Outside implements Lift {
  readonly aggregates: boolean
  readonly name: Fragment
  /** What was taken, where it was an expression. */
  readonly nodes: ExpressionNode[] = []
  readonly #operations: Operations
  readonly #columns: Fragment[] = []

  constructor(operations: Operations, name = 'inside', aggregates = true) {
    this.#operations = operations
    this.aggregates = aggregates
    this.name = fragment(operations.quote(name))
  }

  column(inside: Fragment, node?: ExpressionNode): Fragment {
    if (node) this.nodes.push(node)
    let index = this.#columns.findIndex((known) => isEqual(known, inside))
    if (index < 0) index = this.#columns.push(inside) - 1
    return fragment(`${this.name.sql}.${this.#columnName(index)}`)
  }

  #columnName(index: number): string {
    return this.#operations.quote(`c${index + 1}`)
  }

  /** The columns as the list of the SELECT inside. */
  get asList(): { readonly parts: readonly Fragment[]; readonly names: readonly string[] } {
    if (this.#columns.length === 0) return { parts: [fragment('1')], names: ['c0'] }
    return { parts: this.#columns, names: this.#columns.map((_, index) => `c${index + 1}`) }
  }

  /** What the inside selects. */
  get list(): Fragment {
    const named = this.#columns.map((column, index) => sql`${column} AS ${fragment(this.#columnName(index))}`)
    return join(named, ', ')
  }
}

/** Whether two pieces of SQL are the same with the same values. */
export function isEqual(a: Fragment, b: Fragment): boolean {
  if (a.sql !== b.sql || a.binds.length !== b.binds.length) return false
  return a.binds.every((bind, index) => {
    const other = b.binds[index]!
    if ('value' in bind) return 'value' in other && bind.value === other.value
    return 'at' in other && bind.at === other.at
  })
}
