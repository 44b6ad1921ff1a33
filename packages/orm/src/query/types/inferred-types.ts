// Names that the compiler needs where it writes down the inferred types of expressions and querysets: in the declarations of an
// app that is a package, and in what an editor shows.

export type { FilteredRelationRequest } from '../build/filtered-relation.ts'
export type { CaseExpression, WhenBranch } from '../expressions/case.ts'
export type { FunctionCall } from '../expressions/function-call.ts'
export type { Defaulted, FilterUses } from '../expressions/functions/aggregates.ts'
export type { Call, SameCall, UsesArguments } from '../expressions/functions/call-types.ts'
export type { NeedsOf } from '../expressions/functions/define-function.ts'
export type { RawSqlExpression } from '../expressions/raw-sql.ts'
export type { ExistsExpression, OuterReference, SubqueryExpression } from '../expressions/subquery.ts'
export type { Needs, OrdersBy, Where } from '../expressions/use-types.ts'
export type { ValueExpression } from '../expressions/value.ts'
export type {
  Arithmetic,
  At,
  Description,
  FirstOf,
  InJson,
  JsonMembers,
  List,
  Nullable,
  Numeric,
  Present,
  RelationTo,
  UsesOf,
  Using,
  Valued,
  ValueKinds,
  ValueOfArg,
  ValueOfOperand,
} from '../expressions/value-types.ts'
export type { WindowExpression } from '../expressions/window.ts'
export type { Condition } from '../q.ts'
export type { CheckedExpressions, ValuesOfExpressions, WithNames } from './checked-types.ts'
export type { FilteredRows } from './path-types.ts'
export type { Aliased, AnnotationsOf, Deferring } from './row-types.ts'
export type { ColumnsRow, ItemValue, SelectedNames, SelectedRow } from './selection-types.ts'
