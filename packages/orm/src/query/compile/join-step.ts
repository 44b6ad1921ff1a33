import type { Field } from '../../fields/field.ts'
import type { ModelMeta, Relation } from '../../models/model-meta.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { ManyToManyField } from '../../relations/many-to-many.ts'
import type { WhereGroup } from '../where.ts'

/** One table further: `to.toField = from.fromField`. */
export interface JoinStep {
  readonly from: ModelMeta
  readonly fromField: Field
  readonly to: ModelMeta
  readonly toField: Field
  /** Whether it may lead to several rows. */
  readonly many: boolean
  /** Whether it may lead to none. */
  readonly nullable: boolean
  /** Whether `fromField` holds the key itself, so that asking for the key needs no join. */
  readonly direct: boolean
  /** A condition beside the keys, on rows of either side. */
  readonly on?: WhereGroup | undefined
}

const forward = new WeakMap<ForeignKeyField, JoinStep>()
const backward = new WeakMap<ForeignKeyField, JoinStep>()

function forwardStep(key: ForeignKeyField): JoinStep {
  let step = forward.get(key)
  if (!step) {
    const to = key.target
    step = { from: key.meta, fromField: key, to, toField: to.pk, many: false, nullable: key.null, direct: true }
    forward.set(key, step)
  }
  return step
}

/** From a row to those whose key names it. */
export function backwardStep(key: ForeignKeyField): JoinStep {
  let step = backward.get(key)
  if (!step) {
    const from = key.target
    const many = !key.isOneToOne
    step = { from, fromField: from.pk, to: key.meta, toField: key, many, nullable: true, direct: false }
    backward.set(key, step)
  }
  return step
}

/** The joins that a relation takes, in order. A step is the same object whenever it is asked for. */
export function joinSteps(relation: Relation): readonly JoinStep[] {
  if (relation instanceof ForeignKeyField) return [forwardStep(relation)]
  if (relation instanceof ManyToManyField) {
    return [backwardStep(relation.sourceKey), forwardStep(relation.targetKey)]
  }
  const { field } = relation
  if (field instanceof ForeignKeyField) return [backwardStep(field)]
  return [backwardStep(field.targetKey), forwardStep(field.sourceKey)]
}
