import type { CheckMessage } from '@nuages/foundation'
import { FieldError, FieldValueError } from '../errors.ts'
import { schemaCondition, schemaExpression } from '../query/compile/compile-schema.ts'
import type { Constraint, Index } from './constraints.ts'
import type { ModelMeta } from './model-meta.ts'

/** What indexes, constraints and other options of a model name must be there. Ids are Django's. */
export function checkOptions(meta: ModelMeta): CheckMessage[] {
  return [
    ...[...meta.constraints, ...meta.indexes].flatMap((option) => checkOption(meta, option)),
    ...checkDoubles(meta),
    ...checkLatest(meta),
    ...checkVendor(meta),
  ]
}

function message(level: CheckMessage['level'], id: string, meta: ModelMeta, text: string): CheckMessage {
  return { level, id, message: text, object: meta.label }
}

function checkOption(meta: ModelMeta, option: Constraint | Index): CheckMessage[] {
  const what = `The ${'type' in option ? `constraint ${option.name ?? ''}` : `index ${option.name ?? ''}`}`.trimEnd()
  const fields = 'fields' in option ? (option.fields ?? []) : []
  const include = 'include' in option ? (option.include ?? []) : []
  const unknown = [...fields, ...include].map((name) => name.replace(/^-/, '')).filter((name) => !meta.field(name))
  const findings = unknown.map((name) =>
    message('error', 'models.E012', meta, `A constraint or an index names '${name}', which is no column.`),
  )
  try {
    if ('condition' in option && option.condition) schemaCondition(meta, 'sqlite', option.condition, what)
    for (const expression of 'expressions' in option ? (option.expressions ?? []) : []) {
      schemaExpression(meta, 'sqlite', (Array.isArray(expression) ? expression[0] : expression) as string, what)
    }
  } catch (thrown) {
    if (!(thrown instanceof FieldError || thrown instanceof FieldValueError)) throw thrown
    findings.push(message('error', 'models.E041', meta, `${what} cannot be written: ${thrown.message}`))
  }
  return findings
}

/** Names of indexes and constraints are those of one space. */
function checkDoubles(meta: ModelMeta): CheckMessage[] {
  const names = [...meta.constraints, ...meta.indexes].flatMap(({ name }) => name ?? [])
  const double = names.filter((name, at) => names.indexOf(name) !== at)
  return [...new Set(double)].map((name) =>
    message('error', 'models.E031', meta, `Two of its constraints and indexes are named '${name}'.`),
  )
}

function checkLatest(meta: ModelMeta): CheckMessage[] {
  const { getLatestBy = [] } = meta.options
  const names = typeof getLatestBy === 'string' ? [getLatestBy] : getLatestBy
  return names
    .map((name) => name.replace(/^-/, ''))
    .filter((name) => !meta.field(name))
    .map((name) => message('error', 'models.E900', meta, `'getLatestBy' names '${name}', which is no column.`))
}

/** What SQLite has no word for is left out there, as with Django, which warns as well. */
function checkVendor(meta: ModelMeta): CheckMessage[] {
  if (meta.options.requiredDbVendor === 'postgresql') return []
  return meta.constraints.flatMap((constraint) => {
    const { name } = constraint
    const warn = (id: string, what: string) =>
      message(
        'warning',
        id,
        meta,
        `The constraint ${name} is ${what}, which SQLite leaves out: there nothing keeps to it.`,
      )
    if (constraint.type === 'exclude') return [warn('models.W910', 'an exclusion')]
    if (constraint.type !== 'unique') return []
    if (constraint.deferrable) return [warn('models.W038', 'deferrable')]
    return constraint.nullsDistinct === false ? [warn('models.W047', 'one in which rows with NULL are equal')] : []
  })
}
