import { MigrationError } from '../errors.ts'
import { deleteModel } from '../operations/model-operations.ts'
import type { Questioner } from '../questioner.ts'
import { relatedLabels } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import type { ProjectState } from '../state/project-state.ts'
import type { Change } from './change.ts'
import { ChangeList } from './change-list.ts'
import { detectChangedFields } from './changed-fields.ts'
import { addToOptions, detectChangedTable, optionChanges, removeFromOptions } from './changed-options.ts'
import { detectCreatedModels } from './created-models.ts'
import { detectDeletedModels } from './deleted-models.ts'
import { findFieldRenames } from './field-renames.ts'
import { findModelRenames } from './model-renames.ts'
import { Questions } from './questions.ts'
import { RenameTrail } from './rename-trail.ts'

/** The operations that lead from one state to the other, each with those it must come after. */
export async function detectChanges(from: ProjectState, to: ProjectState, questioner: Questioner): Promise<Change[]> {
  const questions = new Questions(questioner)
  const trail = new RenameTrail(from)
  await findModelRenames(trail, to, questions)
  await findFieldRenames(trail, from, to, questions)
  const list = new ChangeList(trail.changes)
  const { state } = trail
  const replaced = to.models.filter((model) => isOfAnotherKind(state.find(model.app, model.name), model))
  const gone = replaced.map((model) => replace(list, state, model))
  const isNew = (model: ModelState) => !state.find(model.app, model.name) || replaced.includes(model)
  detectCreatedModels(list, to.models.filter(isNew), gone)
  for (const next of to.models) {
    if (!isNew(next)) await detectChanged(list, state.model(next.app, next.name), next, questions)
  }
  detectDeletedModels(
    list,
    state.models.filter(({ app, name }) => !to.find(app, name)),
  )
  questions.assertAllUsed()
  return list.changes
}

async function detectChanged(list: ChangeList, old: ModelState, next: ModelState, questions: Questions): Promise<void> {
  detectChangedTable(list, old, next)
  const changes = optionChanges(old, next)
  const removed = removeFromOptions(list, next, changes)
  const fields = await detectChangedFields(list, old, next, removed, questions)
  addToOptions(list, next, changes, [...removed, ...fields])
}

/** Whether a model has become a proxy, is none any more, or is one of another model. */
function isOfAnotherKind(old: ModelState | undefined, next: ModelState): boolean {
  return old !== undefined && old.options.proxyFor?.toLowerCase() !== next.options.proxyFor?.toLowerCase()
}

/** It goes and comes, which what points to it does not survive. */
function replace(list: ChangeList, state: ProjectState, model: ModelState): Change {
  const label = labelOf(model).toLowerCase()
  const pointing = state.models.find(({ options, fields }) => {
    const labels = [options.proxyFor ?? '', ...[...fields.values()].flatMap(relatedLabels)]
    return labels.some((one) => one.toLowerCase() === label)
  })
  if (!pointing) return list.add(model.app, deleteModel(model.name))
  const kind = (proxyFor: string | undefined) =>
    proxyFor === undefined ? 'a model with a table' : `a proxy of ${proxyFor}`
  const old = state.model(model.app, model.name)
  throw new MigrationError(
    `${labelOf(model)} was ${kind(old.options.proxyFor)} and is ${kind(model.options.proxyFor)} now, while ${labelOf(pointing)} needs it. ` +
      `Take the model out with what needs it in one migration, and put them in again in the next; or give the new one another name.`,
  )
}
