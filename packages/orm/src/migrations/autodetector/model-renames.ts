import { didYouMean } from '@nuages/foundation'
import { MigrationError } from '../errors.ts'
import { alterModelTable, renameModel } from '../operations/model-operations.ts'
import { labelOf, type ModelState, tableOf } from '../state/model-state.ts'
import type { ProjectState } from '../state/project-state.ts'
import { modelLikeness } from './likeness.ts'
import type { Questions } from './questions.ts'
import type { RenameTrail } from './rename-trail.ts'

/** Finds the models that have another name now: those that are said to, and those about which somebody must be asked. */
export async function findModelRenames(trail: RenameTrail, to: ProjectState, questions: Questions): Promise<void> {
  for (const { app, name } of to.models) {
    const old = trail.state.find(app, name)
    // The database does not tell such names apart, so there is nothing to ask.
    if (old && old.name !== name) trail.take(app, renameModel(old.name, name))
  }
  const decided = new Set<string>()
  for (const { key, from, to: name } of questions.given('model')) {
    const [app, old] = from as [string, string]
    assertGiven(trail.state, to, key, name)
    decided.add(key.toLowerCase())
    if (name !== null) rename(trail, trail.state.model(app, old), to.model(app, nameOf(name)))
  }
  for (const old of trail.state.models) {
    if (to.find(old.app, old.name) || decided.has(labelOf(old).toLowerCase())) continue
    const candidates = candidatesFor(trail.state.model(old.app, old.name), trail.state, to)
    if (candidates.length === 0) continue
    const answer = await questions.renamed({ kind: 'model', of: old.app, from: old.name, candidates })
    if (answer?.includes('.')) throw moved(labelOf(old), answer)
    if (answer !== null) rename(trail, trail.state.model(old.app, old.name), to.model(old.app, answer))
  }
}

/** A table that keeps its name under the model's new one is given it first, so that the database hears nothing of the rename. */
function rename(trail: RenameTrail, old: ModelState, next: ModelState): void {
  const { app, name } = old
  if (old.options.table === undefined && next.options.table === tableOf(old)) {
    trail.take(app, alterModelTable(name, next.options.table))
  }
  trail.take(app, renameModel(name, next.name))
}

/** What came and may be the model that went: of its app, or of another under the same name. */
function candidatesFor(old: ModelState, from: ProjectState, to: ProjectState): string[] {
  const came = to.models.filter(({ app, name }) => !from.find(app, name))
  const isNear = ({ app, name }: ModelState) => app === old.app || name.toLowerCase() === old.name.toLowerCase()
  return came
    .filter(isNear)
    .map((model) => ({ model, likeness: modelLikeness(old, model) + (model.app === old.app ? 1 : 0) }))
    .filter(({ model, likeness }) => likeness > (model.app === old.app ? 1 : 0))
    .sort((one, other) => other.likeness - one.likeness)
    .map(({ model }) => (model.app === old.app ? model.name : labelOf(model)))
}

/** Without the app, where it was said with it: `--rename blog.Post=blog.Article`. */
function nameOf(name: string): string {
  return name.slice(name.indexOf('.') + 1)
}

function assertGiven(from: ProjectState, to: ProjectState, key: string, name: string | null): void {
  const [app, old] = key.split('.') as [string, string]
  const said = `The rename ${key}=${name ?? ''} fits nothing: `
  const labels = (state: ProjectState) => state.models.map(labelOf)
  if (!from.find(app, old)) {
    throw new MigrationError(`${said}the migrations know no model ${key}.${didYouMean(key, labels(from))}`)
  }
  if (to.find(app, old)) throw new MigrationError(`${said}there still is a model ${key}.`)
  if (name === null) return
  const target = name.includes('.') ? name : `${app}.${name}`
  if (!to.byLabel(target)) {
    throw new MigrationError(`${said}there is no model ${target}.${didYouMean(target, labels(to))}`)
  }
  if (from.byLabel(target)) throw new MigrationError(`${said}the migrations know ${target} already.`)
  if (!target.startsWith(`${app}.`)) throw moved(key, target)
}

function moved(from: string, to: string): MigrationError {
  return new MigrationError(
    `${from} seems to have moved to ${to}. No single operation takes a table to another app and keeps its rows and what ` +
      `points to it: write the migrations by hand, as "Moving a model to another app" in the docs on migrations shows. ` +
      `Where the rows may go, say that it was removed: --rename ${from}=.`,
  )
}
