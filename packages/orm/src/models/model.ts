import type { Expression, OrderBy } from '../query/expressions/expression.ts'
import type { Constraint, Index } from './constraints.ts'
import { declareModel, rootClass } from './declare-model.ts'
import type { DeclaredFields } from './declared-fields.ts'
import type { MetaOptions } from './model-meta.ts'
import type { ModelType } from './model-type.ts'

/** What a model declares beside its fields, with names checked against them. */
export interface ModelOptions<Name extends string>
  extends Omit<MetaOptions, 'ordering' | 'constraints' | 'indexes' | 'getLatestBy' | 'abstract'> {
  readonly ordering?: readonly (Name | `-${Name}` | '?' | `${'-' | ''}${Name}__${string}` | Expression | OrderBy)[]
  readonly constraints?: readonly Constraint<Name>[]
  readonly indexes?: readonly Index<Name>[]
  readonly getLatestBy?: Name | `-${Name}` | readonly (Name | `-${Name}`)[]
}

/**
 * The class that a model extends. Relations are written as getters, so that models may refer to each other freely:
 *
 * ```ts
 * class Book extends Model({
 *   title: char({ maxLength: 200 }),
 *   get author() { return foreignKey(Author, { onDelete: CASCADE }) },
 * }, { ordering: ['title'] }) {
 *   static objects = manager(Book)
 * }
 * ```
 */
export function Model<F extends object>(
  fields: F,
  options: ModelOptions<(keyof F & string) | 'id' | 'pk'> = {},
): ModelType<DeclaredFields<F>> {
  return declareModel(rootClass, fields, options as MetaOptions) as never
}
