import { ManyToManyField } from '../../relations/many-to-many.ts'
import { MigrationError } from '../errors.ts'
import type { ConstraintState, IndexState } from '../state/model-state.ts'
import { besideTraffic } from './beside-traffic.ts'
import { addField, alterField, type OneOff } from './field-operations.ts'
import { addConstraint, addIndex, removeIndex } from './index-operations.ts'
import type { Operation } from './operation.ts'

/**
 * `addIndex` while others read and write; the migration needs `atomic: false`. An index that a stopped run left behind is
 * made anew. Django's `AddIndexConcurrently`; on SQLite it is `addIndex`.
 */
export function addIndexConcurrently(model: string, index: IndexState): Operation {
  return besideTraffic(addIndex(model, index), 'addIndexConcurrently')
}

/** `removeIndex` while others read and write; the migration needs `atomic: false`. Django's `RemoveIndexConcurrently`. */
export function removeIndexConcurrently(model: string, name: string): Operation {
  return besideTraffic(removeIndex(model, name), 'removeIndexConcurrently')
}

/**
 * `addConstraint` while others read and write, of a check or a unique constraint; the migration needs `atomic: false`. New rows
 * are bound at once, and those that are there are looked at after. Throws `MigrationError` for an exclusion, which PostgreSQL
 * cannot add so.
 */
export function addConstraintConcurrently(model: string, constraint: ConstraintState): Operation {
  if (constraint.type === 'exclude') {
    throw new MigrationError(
      `addConstraintConcurrently got the exclusion '${constraint.name}' of ${model}: PostgreSQL adds one only while nobody ` +
        'writes. Use addConstraint, at a quiet time.',
    )
  }
  return besideTraffic(addConstraint(model, constraint), 'addConstraintConcurrently')
}

/**
 * `addField` while others read and write; the migration needs `atomic: false`. The column comes first; its index, unique
 * constraint, check and foreign key follow beside the traffic. Throws `MigrationError` for a many-to-many, whose table is new.
 */
export function addFieldConcurrently(model: string, name: string, field: object, options: OneOff = {}): Operation {
  if (field instanceof ManyToManyField) {
    throw new MigrationError(
      `addFieldConcurrently got the many-to-many '${name}' of ${model}, whose table is new: nobody has to wait. Use addField.`,
    )
  }
  return besideTraffic(addField(model, name, field, options), 'addFieldConcurrently')
}

/**
 * `alterField` while others read and write, of all but the type: `null`, `unique`, `dbIndex`, the foreign key's constraint, the
 * database default. The migration needs `atomic: false`. Another type throws `NotSupportedError` when it is run on PostgreSQL.
 */
export function alterFieldConcurrently(model: string, name: string, field: object, options: OneOff = {}): Operation {
  return besideTraffic(alterField(model, name, field, options), 'alterFieldConcurrently')
}
