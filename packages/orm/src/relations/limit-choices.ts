import type { BooleanExpression, Conditions } from '../query/q.ts'

/** Which rows a relation may lead to: conditions as `filter` takes them, or a function that gives them anew each time. */
export type LimitChoicesTo = Limit | (() => Limit)

type Limit = Conditions | BooleanExpression

/** The conditions that hold now; nothing where a relation may lead to any row. */
export function limitOf(relation: { readonly options: object }): Limit | undefined {
  const limit = (relation.options as { limitChoicesTo?: LimitChoicesTo }).limitChoicesTo
  return typeof limit === 'function' ? limit() : limit
}
