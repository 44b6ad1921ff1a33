export {
  type ForeignKey,
  ForeignKeyField,
  type ForeignKeyOptions,
  foreignKey,
  type OneToOne,
  oneToOne,
} from './foreign-key.ts'
export { type LimitChoicesTo, limitOf } from './limit-choices.ts'
export { type ManyToMany, ManyToManyField, type ManyToManyOptions, manyToMany } from './many-to-many.ts'
export {
  CASCADE,
  DO_NOTHING,
  type OnDelete,
  PROTECT,
  RESTRICT,
  SET,
  SET_DEFAULT,
  SET_NULL,
  type SetOnDelete,
} from './on-delete.ts'
export { prefetchRelatedObjects } from './prefetch.ts'
export { Prefetch, type PrefetchRequest } from './prefetch-request.ts'
export { ReverseField, type ReverseRelation, reverse } from './reverse.ts'
