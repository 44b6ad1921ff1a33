import { traitsOfWhere } from '../build/node-traits.ts'
import { type Fragment, fragment, join, sql, wrap } from '../fragment.ts'
import type { WhereCondition, WhereGroup, WhereNode } from '../where.ts'
import { compileAbsence } from './compile-absence.ts'
import { compileComparison } from './compile-comparison.ts'
import type { CompileContext } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { noteGroupColumns } from './compile-group-columns.ts'
import { groupColumnsOf, groupColumnsOfWhere } from './group-columns.ts'

/** The clause that a condition belongs to: aggregates are filtered after grouping, windows by a SELECT around. */
type Clause = 'where' | 'having' | 'qualify'

export type Clauses = { readonly [K in Clause]?: Fragment }

interface Compiled {
  readonly clauses: Clauses
  /** The joins without whose other side the condition cannot hold. */
  readonly needed: ReadonlySet<string>
}

/** Where a condition stands, as far as it changes what the condition means. */
export interface Position {
  /** Under an odd number of negations. */
  readonly negated: boolean
  /** Under any negation. */
  readonly branchNegated: boolean
  /** A condition over many rows asks for their absence under a negation. */
  readonly splits: boolean
  /** The clause that all of it goes to, since it cannot be taken apart. */
  readonly clause: Clause | undefined
}

const nothing: ReadonlySet<string> = new Set()
const start: Position = { negated: false, branchNegated: false, splits: true, clause: undefined }

/** Compiles one `filter` or `exclude`. Joins that only it could make inner go back to what they were. */
export function compileFilter(context: CompileContext, where: WhereGroup): Clauses {
  const inner = context.joins.inner()
  const { clauses } = compileGroup(context, where, start)
  context.joins.demote(inner)
  return clauses
}

/** Compiles conditions as a value: rows for which they do not hold stay, so that no join may become inner by them. */
export function compileConditionValue(context: CompileContext, where: WhereGroup): Fragment {
  const inner = context.joins.inner()
  const { clauses, needed } = compileGroup(context, where, { ...start, splits: false, clause: 'where' })
  context.joins.promote(needed)
  context.joins.demote(inner)
  return clauses.where ?? fragment('1 = 1')
}

function compileNode(context: CompileContext, node: WhereNode, position: Position): Compiled {
  switch (node.type) {
    case 'group':
      return compileGroup(context, node, position)
    case 'chain':
      return compileChain(context, node, position)
    case 'moved':
      return compileNode({ ...context, offset: context.offset + node.by }, node.node, position)
    case 'expression': {
      const [clause, within] = placed(context, node, position)
      const text = compileExpression(within, node.node)
      if (clause !== 'where') noteGroupColumns(within, groupColumnsOf(node.node))
      return { clauses: { [clause]: text }, needed: nothing }
    }
    default: {
      const [clause, within] = placed(context, node, position)
      const { sql: text, needed } = compileCondition(within, node, position)
      if (clause !== 'where')
        noteGroupColumns(within, groupColumnsOfWhere(node, position.branchNegated && position.splits))
      return { clauses: { [clause]: text }, needed }
    }
  }
}

/** The clause of a node, and the context that it has there. */
function placed(context: CompileContext, node: WhereNode, position: Position): [Clause, CompileContext] {
  const clause = position.clause ?? clauseOf(node)
  const lifts = clause === 'qualify' && context.lift === undefined
  return [clause, lifts ? { ...context, lift: context.around } : context]
}

function clauseOf(node: WhereNode): Clause {
  const { aggregate, window } = traitsOfWhere(node)
  return window ? 'qualify' : aggregate ? 'having' : 'where'
}

function compileGroup(context: CompileContext, group: WhereGroup, around: Position): Compiled {
  const negated = around.negated !== group.negated
  // What holds only together with the rest, as under OR, cannot be asked in two clauses.
  const isWhole = (group.connector !== 'AND') !== negated
  const clause = around.clause ?? (isWhole ? clauseOf(group) : undefined)
  const branchNegated = around.branchNegated || group.negated
  // Each side of XOR is asked by a CASE, which takes what is unknown for false as WHERE does: negations count from there.
  const position = { ...around, negated: negated && group.connector !== 'XOR', branchNegated, clause }
  const votes = new Map<string, number>()
  const parts: Record<Clause, Fragment[]> = { where: [], having: [], qualify: [] }
  for (const child of group.children) {
    const { clauses, needed } = compileNode(context, child, position)
    for (const alias of needed) votes.set(alias, (votes.get(alias) ?? 0) + 1)
    for (const each of Object.keys(clauses) as Clause[]) parts[each].push(clauses[each]!)
  }
  const needed = settleJoins(context, votes, group, negated)
  const clauses: { [K in Clause]?: Fragment } = {}
  for (const each of Object.keys(parts) as Clause[]) {
    if (parts[each].length > 0) clauses[each] = connected(group, parts[each])
  }
  return { clauses, needed }
}

function connected(group: WhereGroup, parts: readonly Fragment[]): Fragment {
  const whole =
    parts.length === 1 ? parts[0]! : group.connector === 'XOR' ? odd(parts) : grouped(group.connector, parts)
  return group.negated ? wrap('NOT (', whole, ')') : whole
}

function grouped(connector: string, parts: readonly Fragment[]): Fragment {
  return wrap('(', join(parts, ` ${connector} `), ')')
}

/** An odd number of them holds; what SQL does not know does not. */
function odd(parts: readonly Fragment[]): Fragment {
  const counted = parts.map((part) => sql`CASE WHEN ${part} THEN 1 ELSE 0 END`)
  return sql`((${join(counted, ' + ')}) % 2 = 1)`
}

/** Django's JoinPromoter: under OR a join that not every side needs must be an outer one. Negation swaps the two. */
function settleJoins(
  { joins }: CompileContext,
  votes: ReadonlyMap<string, number>,
  group: WhereGroup,
  negated: boolean,
): ReadonlySet<string> {
  const isOr = group.connector === 'XOR' || (group.connector === 'OR') !== negated
  const promoted: string[] = []
  const demoted: string[] = []
  for (const [alias, count] of votes) {
    const byAll = count === group.children.length && group.connector !== 'XOR'
    if (isOr && !byAll) promoted.push(alias)
    if (!isOr || byAll) demoted.push(alias)
  }
  joins.promote(promoted)
  joins.demote(demoted)
  return new Set(demoted)
}

/** The filters of a queryset that became a part of another's: each has joins of many rows of its own. */
function compileChain(
  context: CompileContext,
  { filters, spare }: Extract<WhereNode, { type: 'chain' }>,
  position: Position,
): Compiled {
  const group: WhereGroup = { type: 'group', connector: 'AND', negated: false, children: filters }
  const free = new Set(spare ? context.joins.aliases() : [])
  const parts: Compiled[] = filters.map((filter) => {
    const used = new Set<string>()
    const compiled = compileNode({ ...context, reusable: new Set(free), used }, filter, position)
    for (const alias of used) free.delete(alias)
    return compiled
  })
  const votes = new Map<string, number>()
  for (const { needed } of parts) for (const alias of needed) votes.set(alias, (votes.get(alias) ?? 0) + 1)
  const needed = settleJoins(context, votes, group, position.negated)
  const clauses: { [K in Clause]?: Fragment } = {}
  for (const each of ['where', 'having', 'qualify'] as const) {
    const own = parts.flatMap((part) => part.clauses[each] ?? [])
    if (own.length > 0) clauses[each] = grouped('AND', own)
  }
  return { clauses, needed }
}

function compileCondition(
  context: CompileContext,
  condition: WhereCondition,
  position: Position,
): { readonly sql: Fragment; readonly needed: ReadonlySet<string> } {
  const { column, operator } = condition
  if (column === undefined) return { sql: compileComparison(context, context, condition), needed: nothing }
  if (position.splits && position.branchNegated && column.steps.some((step) => step.many)) {
    return { sql: compileAbsence(context, condition, column), needed: nothing }
  }
  const used = new Set<string>()
  const within = { ...context, used }
  const text = compileComparison(within, within, condition)
  for (const alias of used) context.used?.add(alias)
  if (!position.negated) return { sql: text, needed: operator === 'isnull' ? nothing : used }
  if (operator === 'isnull') return { sql: text, needed: used }
  if (operator === 'notnull' || operator === 'never') return { sql: text, needed: nothing }
  const isPresent = notNull(context, { type: 'column', path: column, output: column.field })
  const other = condition.rhs?.length === 1 && condition.rhs[0]!.type === 'column' ? condition.rhs[0] : undefined
  const tests = [...isPresent, ...(other ? notNull(context, other) : [])]
  return { sql: tests.length === 0 ? text : grouped('AND', [text, ...tests]), needed: nothing }
}

/** Under a negation a comparison must be false, rather than unknown, where a column is NULL. */
function notNull(context: CompileContext, node: Extract<WhereCondition['lhs'], { type: 'column' }>): Fragment[] {
  const reference = context.joins.column(node.path, context.reusable)
  // What a join is now may change while the rest is compiled, so what it could become decides.
  const mayMiss = reference.field.null || reference.joins.some((alias) => context.joins.mayMiss(alias))
  return mayMiss ? [sql`${compileExpression(context, node)} IS NOT NULL`] : []
}
