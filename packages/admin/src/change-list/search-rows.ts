import { Field, FieldValueError, ForeignKeyField, type ModelMeta, Q } from '@nuages/orm'
import { followPath } from '../columns/resolve-column.ts'
import type { AnyQuerySet } from '../options/any-model.ts'

/** Longer than anybody types; a term for every word would make the statement too long. */
const maxWords = 32

/** Longer patterns are refused by databases. */
const longestTerm = 1_000

/** The rows in which every word stands in some field. Words in quotes stand together. */
export function searchRows(rows: AnyQuerySet, fields: readonly string[], term: string): AnyQuerySet {
  const { meta } = rows.model
  let found = rows
  let repeats = false
  for (const word of wordsOf(term)) {
    const conditions = fields.flatMap((field) => conditionOf(meta, field, word))
    if (conditions.length === 0) return rows.none()
    repeats ||= conditions.some(({ repeats: many }) => many)
    const [first, ...others] = conditions.map(({ condition }) => Q(condition))
    found = found.filter(others.reduce((all, other) => all.or(other), first!))
  }
  return repeats ? found.distinct() : found
}

/** `'"two words" third'` → `['two words', 'third']` */
export function wordsOf(term: string): readonly string[] {
  const parts =
    term
      .slice(0, longestTerm)
      .replaceAll('\0', '')
      .match(/"[^"]+"|'[^']+'|\S+/g) ?? []
  return parts.slice(0, maxWords).map((part) => (/^(["']).+\1$/.test(part) ? part.slice(1, -1) : part))
}

const prefixes: Readonly<Record<string, string>> = { '^': 'istartswith', '=': 'iexact' }

interface WordCondition {
  readonly condition: Record<string, unknown>
  /** The path leads to many rows, so that a row may be found several times. */
  readonly repeats: boolean
}

/** What a field must be for a word; nothing where it cannot hold the word. */
function conditionOf(meta: ModelMeta, spec: string, word: string): WordCondition[] {
  const prefix = prefixes[spec[0]!]
  const path = prefix === undefined ? spec : spec.slice(1)
  const { members, leaf } = followPath(meta, path, 'searchFields')
  const repeats = members.some((member) => !(member instanceof Field))
  if (!(leaf instanceof Field) || leaf instanceof ForeignKeyField) return []
  if (leaf.kind === 'text') return [{ condition: { [`${path}__${prefix ?? 'icontains'}`]: word }, repeats }]
  try {
    const value = leaf.parse(word)
    // What the column cannot hold is found out here, not while the list is read.
    leaf.toSql(value)
    return [{ condition: { [path]: value }, repeats }]
  } catch (error) {
    if (error instanceof FieldValueError) return []
    throw error
  }
}
