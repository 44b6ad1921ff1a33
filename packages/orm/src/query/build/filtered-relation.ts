import { FieldError } from '../../errors.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { type JoinStep, joinSteps } from '../compile/join-step.ts'
import type { RelationTo, usesType, valueType } from '../expressions/value-types.ts'
import { namesOf, unknownName } from '../lookup-path.ts'
import type { BooleanExpression, Conditions, PartUses } from '../q.ts'
import type { Query } from '../query.ts'
import { NodeBuilder } from './node-builder.ts'

/** A relation under a name of its own: its joins, the last of which holds the condition. */
export interface FilteredRelationNode {
  readonly steps: readonly JoinStep[]
  readonly target: ModelMeta
}

/** A relation, joined on a condition as well. Made by `FilteredRelation`. */
export class FilteredRelationRequest<const P extends string = string, const W extends object = object> {
  declare readonly [usesType]: RelationTo<P> | PartUses<W>
  declare readonly [valueType]: RelationTo<P>
  readonly relation: P
  readonly condition: W

  constructor(relation: P, options: { readonly condition: W }) {
    this.relation = relation
    this.condition = options.condition
  }
}

/**
 * The rows of a relation that answer a condition, under a name of their own: `alias({ long: FilteredRelation('books', { condition:
 * { books__pages__gt: 300 } }) }).filter({ long__title: 'x' })`. Django's `FilteredRelation`.
 */
export function FilteredRelation<const P extends string, const W extends object>(
  relation: P,
  options: { readonly condition: W },
): FilteredRelationRequest<P, W> {
  return new FilteredRelationRequest(relation, options)
}

/** Joins the relation under the name; later paths may start with it. */
export function resolveFilteredRelation(query: Query, name: string, filtered: FilteredRelationRequest): Query {
  const where = `FilteredRelation('${filtered.relation}')`
  const steps: JoinStep[] = []
  let meta = query.meta
  for (const part of namesOf(filtered.relation, where)) {
    const relation = meta.relation(part)
    if (!relation) {
      if (!meta.member(part)) throw unknownName(meta, part, where)
      throw new FieldError(`${meta.name}.${part} is no relation (in ${where}).`)
    }
    steps.push(...joinSteps(relation))
    meta = steps.at(-1)!.to
  }
  // Steps of its own are joins of its own: nobody else shares them.
  const own = steps.map((step): JoinStep => ({ ...step, nullable: true, direct: false, many: false }))
  const node: FilteredRelationNode = { steps: own, target: meta }
  // The condition is about the joined rows, whether it starts with the relation's path or with the new name.
  const inside: Query = {
    ...query,
    filteredRelations: new Map([
      [name, node],
      [filtered.relation, node],
    ]),
  }
  const builder = new NodeBuilder(inside, where)
  builder.shape += `r(${name}=${filtered.relation} on `
  // The condition is made of paths over this very step, so that the step takes it afterwards.
  Object.assign(own.at(-1)!, { on: builder.where(filtered.condition as BooleanExpression | Conditions) })
  builder.shape += ')'
  return { ...query, ...builder.built, filteredRelations: new Map([...query.filteredRelations, [name, node]]) }
}
