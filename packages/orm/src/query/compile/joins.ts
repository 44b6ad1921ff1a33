import type { Operations } from '../../backends/operations.ts'
import type { Field } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { type Fragment, fragment, join, wrap } from '../fragment.ts'
import type { ColumnPath } from '../lookup-path.ts'
import type { CompileContext } from './compile-context.ts'
import type { JoinStep } from './join-step.ts'

export type JoinType = 'INNER' | 'LEFT'

interface Join {
  readonly step: JoinStep
  readonly parent: string
  type: JoinType
}

/** A column of a query: a table's alias and the field. */
export interface ColumnReference {
  readonly alias: string
  readonly field: Field
  /** The joins the path took, in order. */
  readonly joins: readonly string[]
}

/**
 * The tables of one SELECT and how they are joined. The rules are Django's: a join that may lead to several rows is shared
 * only within one `filter`, and a join is an outer one where a row without the other side may still answer.
 */
export class Joins {
  readonly base: string
  readonly #meta: ModelMeta
  readonly #operations: Operations
  readonly #joins = new Map<string, Join>()
  readonly #taken: Set<string>

  /** `taken` holds the aliases of the queries around this one, and receives those of this. */
  constructor(meta: ModelMeta, operations: Operations, taken: Set<string> = new Set()) {
    this.#meta = meta
    this.#operations = operations
    this.#taken = taken
    this.base = this.#alias(meta.table)
  }

  #alias(table: string): string {
    let alias = table
    for (let n = 2; this.#taken.has(alias); n++) alias = `T${n}`
    this.#taken.add(alias)
    return alias
  }

  /** The aliases that a subquery must not take. */
  get taken(): Set<string> {
    return this.#taken
  }

  typeOf(alias: string): JoinType {
    return this.#joins.get(alias)?.type ?? 'INNER'
  }

  /** Whether a row without the other side may be in the result, should the join be an outer one. */
  mayMiss(alias: string): boolean {
    return this.#joins.get(alias)?.step.nullable ?? false
  }

  /** The aliases that are joined by INNER JOIN. */
  inner(): Set<string> {
    return new Set([...this.#joins].filter(([, join]) => join.type === 'INNER').map(([alias]) => alias))
  }

  /**
   * The column that a path leads to, joining what is not joined yet. A join of many rows is shared only with those in
   * `reusable`, which receives what the path took; without `reusable`, with any. A key that the row before holds itself
   * is read there, without its last join.
   */
  column(path: ColumnPath, reusable?: Set<string>, from: string = this.base): ColumnReference {
    let { steps, field } = path
    const last = steps.at(-1)
    if (last?.direct && last.toField === field) {
      steps = steps.slice(0, -1)
      field = last.fromField
    }
    const joins: string[] = []
    let alias = from
    for (const step of steps) {
      alias = this.join(alias, step, reusable)
      joins.push(alias)
      reusable?.add(alias)
    }
    return { alias, field, joins }
  }

  /** One table further, shared where it may be. */
  join(parent: string, step: JoinStep, reusable?: ReadonlySet<string>): string {
    const shared = this.shared(parent, step, step.many ? reusable : undefined)
    if (shared !== undefined) return shared
    const alias = this.#alias(step.to.table)
    const type = step.nullable || this.typeOf(parent) === 'LEFT' ? 'LEFT' : 'INNER'
    this.#joins.set(alias, { step, parent, type })
    return alias
  }

  /** The newest join of that step that may be shared. */
  shared(parent: string, step: JoinStep, reusable?: ReadonlySet<string>): string | undefined {
    let found: string | undefined
    for (const [alias, join] of this.#joins) {
      if (join.parent === parent && join.step === step && (!reusable || reusable.has(alias))) found = alias
    }
    return found
  }

  /** Makes joins outer, and with them those that hang on them; a join that always finds its row stays. */
  promote(aliases: Iterable<string>): void {
    const queue = [...aliases]
    for (let alias = queue.shift(); alias !== undefined; alias = queue.shift()) {
      const join = this.#joins.get(alias)
      if (!join || join.type === 'LEFT') continue
      if (!join.step.nullable && this.typeOf(join.parent) !== 'LEFT') continue
      join.type = 'LEFT'
      for (const [child, { parent }] of this.#joins) if (parent === alias) queue.push(child)
    }
  }

  /** Makes joins inner, and with them those that they hang on. */
  demote(aliases: Iterable<string>): void {
    const queue = [...aliases]
    for (let alias = queue.shift(); alias !== undefined; alias = queue.shift()) {
      const join = this.#joins.get(alias)
      if (!join || join.type === 'INNER') continue
      join.type = 'INNER'
      queue.push(join.parent)
    }
  }

  quote(reference: { alias: string; field: Field }): string {
    return `${this.#operations.quote(reference.alias)}.${this.#operations.quote(reference.field.column)}`
  }

  /** Whether there is only the model's own table. */
  get isSingle(): boolean {
    return this.#joins.size === 0
  }

  /** Every alias that was joined. */
  aliases(): Iterable<string> {
    return this.#joins.keys()
  }

  /** What stands after FROM. Conditions of joins are compiled in `context`. */
  from(context: CompileContext): Fragment {
    const { quote } = this.#operations
    const named = (table: string, alias: string) => (table === alias ? quote(table) : `${quote(table)} ${quote(alias)}`)
    const parts = [fragment(named(this.#meta.table, this.base))]
    for (const [alias, { step, parent, type }] of this.#joins) {
      const left = this.quote({ alias: parent, field: step.fromField })
      const right = this.quote({ alias, field: step.toField })
      const kind = type === 'LEFT' ? 'LEFT OUTER JOIN' : 'INNER JOIN'
      parts.push(fragment(` ${kind} ${named(step.to.table, alias)} ON (${left} = ${right}`))
      if (step.on) parts.push(wrap(' AND ', context.compilers.condition({ ...context, lift: undefined }, step.on), ''))
      parts.push(fragment(')'))
    }
    return join(parts, '')
  }
}
