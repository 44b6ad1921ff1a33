import { FieldError } from '../../errors.ts'
import { Expression } from '../expressions/expression.ts'
import type { Compound, Query, SelectedValue } from '../query.ts'
import { withAnnotations } from './build-annotations.ts'
import { NodeBuilder } from './node-builder.ts'
import { refuseCompound } from './query-state.ts'

/** What `values` takes: paths, and expressions under names. */
export type ValuesField = string | Readonly<Record<string, Expression>>

/** Plain values in place of instances; without fields, every column and annotation. */
export function withValues(query: Query, fields: readonly ValuesField[]): Query {
  if (query.compound) return withCompoundValues(query, query.compound, fields)
  const named = fields.filter((field) => typeof field === 'object')
  const before = named.reduce((next, expressions) => withAnnotations(next, expressions, 'values'), query)
  const names = fields.flatMap((field) => (typeof field === 'object' ? Object.keys(field) : [field]))
  const shown = [...before.annotations].flatMap(([name, { shown }]) => (shown ? [name] : []))
  const chosen = names.length > 0 ? names : [...query.meta.fields.map((field) => field.attribute), ...shown]
  const builder = new NodeBuilder(before, 'values')
  builder.shape += 'v('
  const selected = chosen.map((name): SelectedValue => {
    const node = builder.path(name)
    builder.shape += ','
    return { name, node }
  })
  builder.shape += ')'
  return { ...before, ...builder.built, selected, related: {}, deferral: undefined }
}

/** Rows of several queries show what each of them selects. */
function withCompoundValues(query: Query, compound: Compound, fields: readonly ValuesField[]): Query {
  if (fields.some((field) => typeof field === 'object')) refuseCompound(query, 'values() with expressions')
  const parts = compound.parts.map(({ query: part, at }) => {
    if (part.selected) return { query: part, at }
    const chosen = withValues(part, fields)
    if (chosen.values.length > part.values.length) refuseCompound(query, 'values() with values of its own')
    return { query: chosen, at }
  })
  const { selected } = parts[0]!.query
  return { ...query, compound: { ...compound, parts }, selected, shape: `${query.shape} v${JSON.stringify(fields)}` }
}

/** What `valuesList` takes: expressions may stand without a name, since the rows show none. */
export function withList(query: Query, fields: readonly (ValuesField | Expression)[]): Query {
  const named = fields.map((field, index): ValuesField => {
    if (field instanceof Expression) return { [`value${index + 1}`]: field }
    if (typeof field === 'string' || (typeof field === 'object' && field !== null)) return field
    throw new FieldError(`valuesList takes paths and expressions, got ${String(field)}.`)
  })
  const listed = withValues(query, named)
  // A row shows each value under its name, so that those asked for twice need another.
  const seen = new Set<string>()
  const selected = listed.selected!.map((value, index) => {
    const name = seen.has(value.name) ? `${value.name} ${index}` : value.name
    seen.add(value.name)
    return { ...value, name }
  })
  const isRenamed = selected.some(({ name }, index) => name !== listed.selected![index]!.name)
  return isRenamed ? { ...listed, selected, shape: `${listed.shape} twice` } : listed
}
