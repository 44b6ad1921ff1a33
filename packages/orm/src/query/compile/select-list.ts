import type { Field } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { partsOf } from '../build/node-traits.ts'
import type { ExpressionNode } from '../expressions/node.ts'
import { outputs } from '../expressions/output-fields.ts'
import { type Fragment, fragment } from '../fragment.ts'
import { isSliced, type Query, type RelatedTree, type SelectedValue } from '../query.ts'
import type { CompileContext } from './compile-context.ts'
import { compileAnnotation, compileExpression } from './compile-expression.ts'
import { countWithoutSlice } from './count-without-slice.ts'
import { joinSteps } from './join-step.ts'
import { loadedFields, refuseDeferredKey } from './loaded-fields.ts'

/** Where the values of a related row stand in a result. */
export interface RelatedColumns {
  readonly name: string
  readonly meta: ModelMeta
  readonly start: number
  /** The columns that were read, where some were not. */
  readonly loaded: readonly Field[] | undefined
  readonly related: readonly RelatedColumns[]
}

/** What the columns of a result are. */
export interface ResultColumns {
  /** Every column, for reading its value. */
  readonly fields: readonly Field[]
  /** The model's own columns that were read, where some were not. */
  readonly loaded: readonly Field[] | undefined
  readonly related: readonly RelatedColumns[]
  /** Names of annotations, and where they stand. */
  readonly annotations: readonly { readonly name: string; readonly at: number }[]
  /** In place of instances: the names of the values, the first standing first. */
  readonly selected: readonly string[] | undefined
}

/** What to select: what the query says, or for a subquery and `count` something shorter. */
export type Selection = 'rows' | 'key' | 'one' | 'count'

export interface CompiledSelect {
  readonly sql: Fragment
  /** What stands behind the slice. */
  readonly after: Fragment | undefined
  readonly columns: ResultColumns
  /** It gives the number of its rows, as was asked for. */
  readonly isCounted: boolean
}

export interface List {
  readonly parts: readonly Fragment[]
  /** The names of the parts, where a SELECT around asks for them. */
  readonly names?: readonly string[]
  readonly columns: ResultColumns
  /** What a grouped query must group by so that it may select this. */
  readonly nodes: readonly ExpressionNode[]
  /** Joined tables whose rows are selected whole. */
  readonly tables: readonly { readonly alias: string; readonly meta: ModelMeta }[]
}

const none: ResultColumns = { fields: [], loaded: undefined, related: [], annotations: [], selected: undefined }

export const emptyList: List = { parts: [], columns: none, nodes: [], tables: [] }

export function compileList(context: CompileContext, selection: Selection): List {
  const { query, joins } = context
  const { meta } = query
  if (selection !== 'rows' && !(query.distinct && query.selected)) {
    if (selection !== 'key' && showsMany(query)) return instanceList({ ...context, query: { ...query, related: {} } })
    if (selection === 'count' || isSliced(query)) joinSelected(context)
    const isKey = selection === 'key' || query.distinct
    const fields = isKey ? meta.keyFields : meta.keyFields.slice(0, 1)
    const parts = fields.map((field) => fragment(isKey ? joins.quote({ alias: joins.base, field }) : '1'))
    const nodes = fields.map((field): ExpressionNode => {
      return { type: 'column', path: { steps: [], field, relation: undefined }, output: field }
    })
    return { parts, columns: { ...none, fields }, nodes: isKey ? nodes : [], tables: [] }
  }
  return query.selected ? selectedList(context, query.selected) : instanceList(context)
}

/** Whether one row may be there several times, each distinct by what it shows beside its columns. */
function showsMany({ distinct, groupBy, annotations }: Query): boolean {
  if (!distinct || groupBy !== undefined) return false
  return [...annotations.values()].some(({ node, shown }) => shown && leadsToMany(node))
}

/** Values over relations of many rows make several rows of one, also where they are only counted. */
export function joinSelected(context: CompileContext): void {
  for (const { node } of context.query.selected ?? []) {
    if (node.type !== 'annotation' && leadsToMany(node)) compileExpression(context, node)
  }
}

function leadsToMany(node: ExpressionNode): boolean {
  if (node.type === 'column') return node.path.steps.some((step) => step.many || step.on !== undefined)
  return partsOf(node).some(leadsToMany)
}

function selectedList(context: CompileContext, selected: readonly SelectedValue[]): List {
  const nodes = selected.map(({ node }) => node)
  return {
    parts: nodes.map((node) => compileExpression(context, node)),
    columns: { ...none, fields: nodes.map(({ output }) => output), selected: selected.map(({ name }) => name) },
    nodes,
    tables: [],
  }
}

function instanceList(context: CompileContext): List {
  const { joins, query } = context
  const { meta } = query
  const fields: Field[] = []
  const parts: Fragment[] = []
  const nodes: ExpressionNode[] = []
  const tables: { alias: string; meta: ModelMeta }[] = []
  const add = (alias: string, of: ModelMeta, path: string): readonly Field[] | undefined => {
    const loaded = loadedFields(query.deferral, of, path)
    for (const field of loaded ?? of.fields) {
      fields.push(field)
      parts.push(fragment(joins.quote({ alias, field })))
    }
    return loaded
  }
  const loaded = add(joins.base, meta, '')
  const annotations: { name: string; at: number }[] = []
  for (const [name, { node, shown }] of query.annotations) {
    if (!shown) continue
    annotations.push({ name, at: fields.length })
    fields.push(node.output)
    parts.push(compileAnnotation(context, node))
    nodes.push(node)
  }
  const relate = (
    tree: RelatedTree,
    alias: string,
    of: ModelMeta,
    before: string,
    own: readonly Field[] | undefined,
  ): RelatedColumns[] =>
    Object.entries(tree).map(([name, below]) => {
      refuseDeferredKey(of, own, name)
      const [step] = joinSteps(of.relation(name)!)
      const joined = joins.join(alias, step!)
      const path = before === '' ? name : `${before}__${name}`
      const start = fields.length
      const read = add(joined, step!.to, path)
      tables.push({ alias: joined, meta: step!.to })
      return { name, meta: step!.to, start, loaded: read, related: relate(below, joined, step!.to, path, read) }
    })
  const related = relate(query.related, joins.base, meta, '', loaded)
  if (query.beside) {
    fields.push(query.beside.output)
    parts.push(compileExpression(context, query.beside))
  }
  if (query.countUpTo !== undefined) {
    fields.push(outputs.integer)
    parts.push(countWithoutSlice(context, query.countUpTo))
  }
  return { parts, columns: { fields, loaded, related, annotations, selected: undefined }, nodes, tables }
}
