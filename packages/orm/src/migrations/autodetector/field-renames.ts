import { didYouMean } from '@nuages/foundation'
import { snakeCase } from '../../fields/field.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { MigrationError } from '../errors.ts'
import { alterField, renameField } from '../operations/field-operations.ts'
import { type FieldState, isManyToMany, withOption } from '../state/field-state.ts'
import { labelOf, type ModelState, tableOf } from '../state/model-state.ts'
import type { ProjectState } from '../state/project-state.ts'
import { fieldLikeness } from './likeness.ts'
import type { Questions } from './questions.ts'
import type { RenameTrail } from './rename-trail.ts'

/** Finds the fields that have another name now. `from` is the state before models were renamed, by whose names fields may be said. */
export async function findFieldRenames(
  trail: RenameTrail,
  from: ProjectState,
  to: ProjectState,
  questions: Questions,
): Promise<void> {
  const decided = givenRenames(trail, from, to, questions)
  for (const next of to.models) {
    const known = trail.state.find(next.app, next.name)
    if (!known) continue
    for (const [name, field] of known.fields) {
      if (next.fields.has(name) || decided.has(`${labelOf(next)}.${name}`)) continue
      const candidates = candidatesFor(field, trail.state.model(next.app, next.name), next)
      if (candidates.length === 0) continue
      const answer = await questions.renamed({ kind: 'field', of: labelOf(next), from: name, candidates })
      if (answer !== null) rename(trail, next, name, answer)
    }
  }
}

/** Makes the renames that were said beforehand, and returns the fields about which nothing is to be asked. */
function givenRenames(trail: RenameTrail, from: ProjectState, to: ProjectState, questions: Questions): Set<string> {
  const decided = new Set<string>()
  for (const { key, from: parts, to: name } of questions.given('field')) {
    const [app, modelName, field] = parts as [string, string, string]
    const next = modelNow(trail, from, to, app, modelName)
    assertGiven(trail.state, next, key, field, name)
    decided.add(`${labelOf(next!)}.${field}`)
    if (name !== null) rename(trail, next!, field, name)
  }
  return decided
}

/** A model of the project by its name of today, or by that which it had before this run. */
function modelNow(
  trail: RenameTrail,
  from: ProjectState,
  to: ProjectState,
  app: string,
  name: string,
): ModelState | undefined {
  const today = to.find(app, name)
  if (today || !from.find(app, name)) return today
  const renames = trail.changes.filter((change) => change.app === app).map(({ operation }) => operation.arguments)
  const renamed = renames.find(([old]) => String(old).toLowerCase() === name.toLowerCase())
  return renamed && to.find(app, String(renamed[1]))
}

function candidatesFor(gone: FieldState, old: ModelState, next: ModelState): string[] {
  return [...next.fields]
    .filter(([name]) => !old.fields.has(name))
    .map(([name, field]) => ({ name, likeness: fieldLikeness(gone, field) }))
    .filter(({ likeness }) => likeness > 0)
    .sort((one, other) => other.likeness - one.likeness)
    .map(({ name }) => name)
}

/** A column that keeps its name under the field's new one is given it first, so that the database hears nothing of the rename. */
function rename(trail: RenameTrail, next: ModelState, from: string, to: string): void {
  const old = trail.state.model(next.app, next.name)
  const before = old.fields.get(from)!
  const [option, place] = placeOf(old, from, before)
  const keeps = placeOf(next, to, next.fields.get(to)!)[1] === place
  if (keeps && placeOf(old, to, before)[1] !== place) {
    trail.take(next.app, alterField(next.name, from, withOption(before, option, place).declaration))
  }
  trail.take(next.app, renameField(next.name, from, to))
}

/** What a field has in the database, a column or a table of pairs, and the option that names it. */
function placeOf(model: ModelState, name: string, field: FieldState): [option: 'dbColumn' | 'dbTable', place: string] {
  if (isManyToMany(field)) {
    return ['dbTable', String(field.options.dbTable ?? `${tableOf(model)}_${snakeCase(name)}`)]
  }
  const attribute = field.declaration instanceof ForeignKeyField ? `${name}Id` : name
  return ['dbColumn', String(field.options.dbColumn ?? snakeCase(attribute))]
}

function assertGiven(
  from: ProjectState,
  next: ModelState | undefined,
  key: string,
  field: string,
  name: string | null,
): void {
  const said = `The rename ${key}=${name ?? ''} fits nothing: `
  const label = key.slice(0, key.lastIndexOf('.'))
  const old = next && from.find(next.app, next.name)
  if (!next || !old) {
    const labels = from.models.map(labelOf)
    throw new MigrationError(
      `${said}there is no model ${label} in both migrations and models.${didYouMean(label, labels)}`,
    )
  }
  if (!old.fields.has(field)) {
    throw new MigrationError(`${said}the migrations know no field ${key}.${didYouMean(field, old.fields.keys())}`)
  }
  if (next.fields.has(field)) throw new MigrationError(`${said}there still is a field ${key}.`)
  if (name === null) return
  if (!next.fields.has(name)) {
    throw new MigrationError(`${said}there is no field ${label}.${name}.${didYouMean(name, next.fields.keys())}`)
  }
  if (old.fields.has(name)) throw new MigrationError(`${said}the migrations know a field ${label}.${name} already.`)
}
