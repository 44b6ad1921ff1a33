import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import { MigrationError } from '../errors.ts'
import { addField, alterField, removeField } from '../operations/field-operations.ts'
import { type FieldState, isManyToMany, relatedLabels, sameField, targetOf } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import type { Change } from './change.ts'
import type { ChangeList } from './change-list.ts'
import { isComputed } from './is-computed.ts'
import { newColumnValue, notNullValue } from './one-off.ts'
import type { Questions } from './questions.ts'

/** The fields of a model that went, came or changed; each comes after `before`. */
export async function detectChangedFields(
  list: ChangeList,
  old: ModelState,
  next: ModelState,
  before: readonly Change[],
  questions: Questions,
): Promise<Change[]> {
  const removed = removeFields(list, old, next, before)
  const changes: Change[] = []
  for (const [name, field] of computedLast(next.fields)) {
    const known = removed.has(name) ? undefined : old.fields.get(name)
    if (known && sameField(known, field)) continue
    const label = labelOf(next)
    // What is made of other fields comes after them.
    const after = isMadeOfOthers(field) ? [...before, ...removed.values(), ...changes] : [...before, removed.get(name)]
    if (!known) {
      const oneOff = await newColumnValue(field, name, label, questions)
      changes.push(list.add(next.app, addField(next.name, name, field.declaration, oneOff), { after, fields: [field] }))
      continue
    }
    const oneOff = await notNullValue(known, field, name, label, questions)
    const operation = alterField(next.name, name, field.declaration, oneOff)
    const change = list.add(next.app, operation, { after, fields: [field] })
    list.released(
      relatedLabels(known).filter((one) => !relatedLabels(field).includes(one)),
      change,
    )
    changes.push(change)
  }
  return [...changes, ...removed.values()]
}

function removeFields(
  list: ChangeList,
  old: ModelState,
  next: ModelState,
  before: readonly Change[],
): Map<string, Change> {
  const removed = new Map<string, Change>()
  for (const [name, field] of computedLast(old.fields).reverse()) {
    const now = next.fields.get(name)
    if (now && canAlter(field, now, `${labelOf(next)}.${name}`)) continue
    const change = list.add(next.app, removeField(next.name, name), { after: [...before, ...removed.values()] })
    list.released(relatedLabels(field), change)
    removed.set(name, change)
  }
  return removed
}

/** A many-to-many is a table of its own: to another model, or to a column, there is no way but to go and come. */
function canAlter(before: FieldState, after: FieldState, label: string): boolean {
  // No database makes a column that it computes of another, or the other way round.
  if (isComputed(before) || isComputed(after)) return sameField(before, after)
  if (!isManyToMany(before) && !isManyToMany(after)) return true
  if (!isManyToMany(before) || !isManyToMany(after) || targetOf(before) !== targetOf(after)) return false
  assertPairsStay(before, after, label)
  return true
}

/** Throws where the pairs are to move from a table that the relation owns to one that it does not, or back. */
function assertPairsStay(before: FieldState, after: FieldState, label: string): void {
  const [from, to] = [before.options.through, after.options.through]
  if ((from === undefined) === (to === undefined)) return
  const place = (through: unknown) => (through === undefined ? 'a table of its own' : String(through))
  throw new MigrationError(
    `${label} has its pairs in ${place(from)} and is to have them in ${place(to)}: no operation takes them along. ` +
      `Write the migration by hand, as "Giving a many-to-many a model of its own" in the docs on migrations shows; ` +
      `or, where the pairs may go, take the field out in one migration and put it in again in the next.`,
  )
}

function isMadeOfOthers(field: FieldState): boolean {
  return isComputed(field) || field.declaration instanceof CompositeKeyField
}

function computedLast(fields: ReadonlyMap<string, FieldState>): [string, FieldState][] {
  const all = [...fields]
  return [...all.filter(([, field]) => !isMadeOfOthers(field)), ...all.filter(([, field]) => isMadeOfOthers(field))]
}
