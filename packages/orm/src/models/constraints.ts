import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { Text } from '@nuages/i18n'
import type { Expression, OrderBy } from '../query/expressions/expression.ts'
import type { BooleanExpression, Conditions } from '../query/q.ts'

/** What may stand in an index: an expression, also in descending order. A string is the name of a field. */
export type IndexExpression = string | Expression | OrderBy

/** What `fullClean` says of a row that breaks a constraint. */
export interface Violation {
  readonly violationErrorMessage?: Text
  readonly violationErrorCode?: string
}

/** Values of these fields, or of these expressions, together stand in one row only. Django's `UniqueConstraint`. */
export interface UniqueConstraint<Name extends string = string> extends Violation {
  readonly type: 'unique'
  readonly fields?: readonly Name[]
  /** In place of fields: `[Lower('email')]`. It needs a name. */
  readonly expressions?: readonly IndexExpression[]
  readonly name?: string
  /** Only among rows for which it holds. */
  readonly condition?: BooleanExpression | Conditions
  /** Fields that the index gives as well, on PostgreSQL. */
  readonly include?: readonly Name[]
  /** Checked when the transaction ends, or at once until the transaction says otherwise; on PostgreSQL. */
  readonly deferrable?: 'deferred' | 'immediate'
  /** `false`: rows with NULL are equal too; on PostgreSQL from version 15 on. */
  readonly nullsDistinct?: boolean
  /** Which comparisons the index answers, one for each field; on PostgreSQL. */
  readonly opclasses?: readonly string[]
}

/** A condition that every row must meet. Django's `CheckConstraint`. */
export interface CheckConstraint extends Violation {
  readonly type: 'check'
  readonly name: string
  readonly condition: BooleanExpression | Conditions
}

/**
 * For no two rows are all the operators true: `expressions: [['room', '='], ['during', '&&']]`. PostgreSQL alone has it.
 * Django's `ExclusionConstraint`.
 */
export interface ExclusionConstraint<Name extends string = string> extends Violation {
  readonly type: 'exclude'
  readonly name: string
  readonly expressions: readonly (readonly [expression: string | Expression, operator: string, opclass?: string])[]
  /** The kind of index: `gist` unless told. */
  readonly using?: 'gist' | 'spgist'
  readonly condition?: BooleanExpression | Conditions
  readonly include?: readonly Name[]
  readonly deferrable?: 'deferred' | 'immediate'
}

export type Constraint<Name extends string = string> =
  | UniqueConstraint<Name>
  | CheckConstraint
  | ExclusionConstraint<Name>

/** An index over fields, a name with `-` in front in descending order, or over expressions. Django's `Index`. */
export interface Index<Name extends string = string> {
  readonly fields?: readonly (Name | `-${Name}`)[]
  /** In place of fields: `[Lower('title'), F('published').desc()]`. It needs a name. */
  readonly expressions?: readonly IndexExpression[]
  readonly name?: string
  /** Only rows for which it holds are in it. It needs a name. */
  readonly condition?: BooleanExpression | Conditions
  /** Fields that it gives as well, on PostgreSQL. It needs a name. */
  readonly include?: readonly Name[]
  /** Which comparisons it answers, one for each field; on PostgreSQL. It needs a name. */
  readonly opclasses?: readonly string[]
  /**
   * The kind of index, where it is no B-tree; on PostgreSQL. On both databases `'search'`: an index of the words in text, for
   * the lookup of that name. It needs a name.
   */
  readonly using?: 'search' | 'btree' | 'hash' | 'gin' | 'gist' | 'spgist' | 'brin'
}

const violation = ['violationErrorMessage', 'violationErrorCode']
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  unique: [
    'fields',
    'expressions',
    'name',
    'condition',
    'include',
    'deferrable',
    'nullsDistinct',
    'opclasses',
    ...violation,
  ],
  check: ['name', 'condition', ...violation],
  exclude: ['name', 'expressions', 'using', 'condition', 'include', 'deferrable', ...violation],
}
const indexOptions = ['fields', 'expressions', 'name', 'condition', 'include', 'opclasses', 'using']

/** Throws `ImproperlyConfigured` for a constraint of which its type says that it cannot be, and for options that there are not. */
export function assertConstraint(model: string, constraint: Constraint): void {
  const known = optionsOf[constraint.type]
  if (!known) {
    throw new ImproperlyConfigured(
      `${model} has a constraint of type '${String(constraint.type)}'. Types: ${Object.keys(optionsOf).join(', ')}.`,
    )
  }
  const what = `The ${constraint.type} constraint ${constraint.name ?? ''} of ${model}`.replace('  ', ' ')
  assertKnown(what, constraint, ['type', ...known])
  if (constraint.type === 'exclude') assertOperators(what, constraint)
  if (constraint.type !== 'unique') {
    assertName(what, constraint, 'it')
    return
  }
  assertFields(what, constraint)
  const { expressions, condition, include, opclasses, deferrable } = constraint
  if (expressions || condition || include || opclasses || deferrable)
    assertName(what, constraint, 'one with such options')
  if (deferrable && (expressions || condition || include || opclasses)) {
    fail(
      what,
      'cannot be deferrable beside a condition, expressions, include or opclasses: databases defer plain ones alone.',
    )
  }
}

/** Throws `ImproperlyConfigured` for an index that cannot be, and for options that there are not. */
export function assertIndex(model: string, index: Index): void {
  const what = `The index ${index.name ?? ''} of ${model}`.replace('  ', ' ')
  assertKnown(what, index, indexOptions)
  assertFields(what, index)
  if (index.using === 'search') assertSearch(what, index)
  if (index.expressions || index.condition || index.include || index.opclasses) {
    assertName(what, index, 'one with such options')
  }
}

function assertFields(what: string, { fields, expressions, opclasses }: UniqueConstraint | Index): void {
  if ((fields === undefined) === (expressions === undefined)) fail(what, 'takes fields or expressions, and not both.')
  if ((fields ?? expressions)!.length === 0) fail(what, 'is over nothing: name a field.')
  if (opclasses && opclasses.length !== fields?.length) fail(what, 'needs as many opclasses as fields.')
}

function assertSearch(what: string, index: Index): void {
  assertName(what, index, 'one of words')
  const { fields, condition, include, opclasses } = index
  if (fields === undefined || condition || include || opclasses) fail(what, 'of words takes fields alone.')
}

/** An operator is pasted into SQL, so that it must be one. */
function assertOperators(what: string, { expressions }: ExclusionConstraint): void {
  if (expressions.length === 0) fail(what, 'excludes by nothing: name an expression and an operator.')
  for (const [, operator, opclass] of expressions) {
    if (!/^[-+*/<>=~!@#%^&|`?]+$/.test(operator))
      fail(what, `has '${operator}' where an operator such as '&&' belongs.`)
    if (opclass !== undefined && !/^\w+$/.test(opclass)) fail(what, `has the opclass '${opclass}', which is no name.`)
  }
}

function assertName(what: string, { name }: { readonly name?: string | undefined }, which: string): void {
  if (!name) fail(what, `needs a name: ${which} is named by hand.`)
}

function assertKnown(what: string, given: object, known: readonly string[]): void {
  for (const option of Object.keys(given)) {
    if (known.includes(option)) continue
    fail(what, `takes no option '${option}'.${didYouMean(option, known)} Options: ${known.join(', ')}.`)
  }
}

function fail(what: string, message: string): never {
  throw new ImproperlyConfigured(`${what} ${message}`)
}
