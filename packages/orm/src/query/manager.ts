import { QuerySet } from './query-set.ts'

/** All rows of a model, as its `objects`: `static objects = manager(Post)`. Each use asks the database anew. */
export function manager<M>(model: M): QuerySet<M> {
  return new QuerySet(model)
}
