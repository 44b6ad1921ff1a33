import { formatList, gettext, type Text, textOf } from '@nuages/i18n'
import { database } from '../backends/registry.ts'
import { Field } from '../fields/field.ts'
import type {
  CheckConstraint,
  Constraint,
  ExclusionConstraint,
  IndexExpression,
  UniqueConstraint,
} from '../models/constraints.ts'
import { type Row, stateOf } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { withFilter } from '../query/build/build-query.ts'
import { anyRow } from '../query/execute/select.ts'
import { type Expression, OrderBy } from '../query/expressions/expression.ts'
import { RawSqlExpression } from '../query/expressions/raw-sql.ts'
import { rootQuery } from '../query/query.ts'
import { awaitsDefault, fieldsOf, holdsFor, isNullFor, RelatedByOperator } from './against-row.ts'
import { addMessage, type Errors, throwAny } from './collect-errors.ts'
import { others } from './others.ts'
import { nonFieldErrors, type ValidationMessage } from './validation-error.ts'

/** Checks the constraints that a row's model declares. Throws `ValidationError`. */
export async function validateConstraints(row: Row, exclude: readonly string[] = []): Promise<void> {
  const errors: Errors = {}
  await checkConstraints(errors, row, new Set(exclude))
  throwAny(errors)
}

/** A constraint is passed over where one of its fields is, and one in SQL: its columns are of a table, which a row in memory is not in. */
export async function checkConstraints(errors: Errors, row: Row, exclude: ReadonlySet<string>): Promise<void> {
  for (const constraint of metaOf(row).constraints) {
    if (holdsRawSql(constraint)) continue
    const fields = namesIn(row, constraint)
    if (fields.some((name) => exclude.has(name)) || awaitsDefault(row, fields)) continue
    if (!(await isBroken(row, constraint))) continue
    const [place, message] = complaint(row, constraint)
    addMessage(errors, place, message)
  }
}

/** Whether SQL that somebody wrote stands anywhere in a condition or an expression. */
function holdsRawSql(value: unknown): boolean {
  if (value instanceof RawSqlExpression) return true
  if (typeof value !== 'object' || value === null || value instanceof Field) return false
  return Object.values(value).some(holdsRawSql)
}

function namesIn(row: Row, constraint: Constraint): string[] {
  return [...fieldsOf(row, expressionsOf(constraint), constraint.condition)]
}

function expressionsOf(constraint: Constraint): (string | Expression)[] {
  if (constraint.type === 'check') return []
  if (constraint.type === 'exclude') return constraint.expressions.map(([expression]) => expression)
  return constraint.fields ? [...constraint.fields] : constraint.expressions!.map(bare)
}

/** How a term is ordered says nothing of what is unique. */
function bare(term: IndexExpression): string | Expression {
  return term instanceof OrderBy ? term.expression : term
}

function isBroken(row: Row, constraint: Constraint): Promise<boolean> {
  if (constraint.type === 'check') return breaksCheck(row, constraint)
  return constraint.type === 'exclude' ? meetsExcluded(row, constraint) : isTakenUnder(row, constraint)
}

/** As in SQL, what cannot be told is no breach. */
async function breaksCheck(row: Row, { condition }: CheckConstraint): Promise<boolean> {
  return (await holdsFor(row, condition)) === false
}

async function isTakenUnder(row: Row, constraint: UniqueConstraint): Promise<boolean> {
  const { condition, nullsDistinct = true } = constraint
  if (condition && (await holdsFor(row, condition)) !== true) return false
  const related: RelatedByOperator[] = []
  for (const expression of expressionsOf(constraint)) {
    const isNull = await isNullFor(row, expression)
    if (isNull && nullsDistinct) return false
    related.push(new RelatedByOperator(row, expression, isNull ? 'IS NOT DISTINCT FROM' : '='))
  }
  return isMet(row, [...related, ...(condition ? [condition] : [])])
}

/** SQLite has no such operators; there the constraint is left out. */
async function meetsExcluded(row: Row, { expressions, condition }: ExclusionConstraint): Promise<boolean> {
  if (database(stateOf(row).alias).vendor !== 'postgresql') return false
  if (condition && (await holdsFor(row, condition)) !== true) return false
  const related = expressions.map(([expression, operator]) => new RelatedByOperator(row, expression, operator))
  return isMet(row, [...related, ...(condition ? [condition] : [])])
}

function isMet(row: Row, conditions: Parameters<typeof withFilter>[1]): Promise<boolean> {
  const meta = metaOf(row)
  const query = withFilter(rootQuery(meta.concrete.model), conditions, false)
  return anyRow(others(row, meta, query), database(stateOf(row).alias))
}

function violated(own: Text | undefined, name: string): string {
  if (own !== undefined) return textOf(own).replaceAll('%(name)s', name)
  return gettext("The constraint '{name}' is violated.", { name })
}

/** Where it is said and what, in the words of the constraint where it has some. */
function complaint(row: Row, constraint: Constraint): [place: string, message: ValidationMessage] {
  const { violationErrorMessage: own, violationErrorCode: ownCode, name } = constraint
  const meta = metaOf(row)
  if (constraint.type === 'unique' && constraint.fields && own === undefined && !constraint.condition) {
    const fields = constraint.fields.map((field) => meta.field(field)!) as [Field, ...Field[]]
    const single = fields.length === 1
    const names = formatList(fields.map((field) => field.verboseName))
    const message = gettext('There is already a {model} with this {field}.', { model: meta.verboseName, field: names })
    const code = ownCode ?? (single ? 'unique' : 'unique_together')
    return [single ? fields[0].name : nonFieldErrors, { code, message }]
  }
  const code = ownCode ?? 'invalid'
  return [nonFieldErrors, { code, message: violated(own, name ?? '') }]
}
