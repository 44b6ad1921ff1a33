import type { KeyValue } from '../../models/attribute.ts'
import type { FieldsOf } from '../../models/model-class.ts'
import type { Valued } from '../expressions/value-types.ts'
import type { CheckedExpression, CheckedExpressions, ValueOfExpression } from './checked-types.ts'
import type { CheckedPath, PathHint, ValueAt } from './path-types.ts'

/** What `values` takes: paths, and expressions under names. */
export type Selectable<F> = PathHint<F> | Readonly<Record<string, Valued>>

/** A part of `values`, or what is wrong with it. */
export type CheckedSelection<T, F, S> = T extends string ? CheckedPath<F, T, S> : CheckedExpressions<T, F, S>

/** A part of `valuesList`, where expressions need no names. */
export type CheckedItem<T, F, S> = T extends Valued ? CheckedExpression<T, F, S> : CheckedSelection<T, F, S>

type NamesOf<T> = T extends string ? T : keyof T & string
type NamedValue<T, K, F, S> = T extends string ? never : K extends keyof T ? ValueOfExpression<T[K], F, S> : never

/** A row of `values`: what each of `T`, paths and named expressions, gives. Conditional, so that editors show the row itself. */
export type SelectedRow<T, F, S> = [NamesOf<T>] extends [infer Name extends string]
  ? { -readonly [K in Name]: K extends T ? ValueAt<F, K, S> : NamedValue<T, K, F, S> }
  : never

/** The expressions that `values` named: later calls know them. */
export type SelectedNames<T, F, S> = {
  readonly [K in NamesOf<Exclude<T, string>>]: NamedValue<T, K, F, S>
}

/** The value of a part of `valuesList`. */
export type ItemValue<T, F, S> = T extends string
  ? ValueAt<F, T, S>
  : T extends Valued
    ? ValueOfExpression<T, F, S>
    : NamedValue<T, keyof T, F, S>

/** A row of `values()`: every column under its name, foreign keys as keys. */
export type ColumnsRow<F> = {
  -readonly [K in keyof F & string as ColumnName<F[K], K>]: ColumnValue<F[K]>
} & ('id' extends keyof F ? unknown : HasKey<F> extends true ? unknown : { id: KeyValue<F> })

type ColumnName<X, K extends string> = X extends { readonly valueType: unknown }
  ? K
  : X extends { readonly nullable: boolean }
    ? `${K}Id`
    : never

type ColumnValue<X> = X extends { readonly valueType: infer T }
  ? T
  : X extends { readonly to: infer M; readonly nullable: infer Null }
    ? KeyValue<FieldsOf<M>> | (Null extends true ? null : never)
    : never

type HasKey<F> = true extends { [K in keyof F]: F[K] extends { readonly key: true } ? true : false }[keyof F]
  ? true
  : false
