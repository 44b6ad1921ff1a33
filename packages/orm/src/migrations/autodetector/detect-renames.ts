import { renameField } from '../operations/field-operations.ts'
import { renameModel } from '../operations/model-operations.ts'
import type { Questioner } from '../questioner.ts'
import { sameField } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import type { ProjectState } from '../state/project-state.ts'
import type { Change } from './change.ts'

/** Finds models and fields that seem to be renamed, asks, and returns the state with those renames made. */
export async function detectRenames(
  from: ProjectState,
  to: ProjectState,
  questioner: Questioner,
): Promise<{ state: ProjectState; changes: Change[] }> {
  const changes: Change[] = []
  let state = from
  const apply = (app: string, operation: Change['operation']) => {
    state = operation.applyTo(state, app)
    changes.push({ app, operation, after: changes.slice(-1), relatesTo: [] })
  }
  for (const [old, next] of modelPairs(state, to)) {
    const question = { kind: 'model', of: old.app, from: old.name, to: next.name } as const
    if (!state.find(old.app, old.name) || state.find(next.app, next.name)) continue
    if (await questioner.askRename(question)) apply(old.app, renameModel(old.name, next.name))
  }
  for (const next of to.models) {
    const old = state.find(next.app, next.name)
    if (!old) continue
    for (const [before, after] of fieldPairs(old, next)) {
      const current = state.model(old.app, old.name).fields
      if (!current.has(before) || current.has(after)) continue
      const question = { kind: 'field', of: labelOf(next), from: before, to: after } as const
      if (await questioner.askRename(question)) apply(old.app, renameField(old.name, before, after))
    }
  }
  return { state, changes }
}

/** A model that is gone and a new one of the same app with the same fields. */
function modelPairs(from: ProjectState, to: ProjectState): [ModelState, ModelState][] {
  const gone = from.models.filter(({ app, name }) => !to.find(app, name))
  const came = to.models.filter(({ app, name }) => !from.find(app, name))
  return gone.flatMap((old) =>
    came
      .filter((next) => next.app === old.app && sameFields(old, next))
      .map((next): [ModelState, ModelState] => [old, next]),
  )
}

function sameFields(one: ModelState, other: ModelState): boolean {
  if (one.fields.size !== other.fields.size) return false
  const self = (model: ModelState, to: unknown) => (to === labelOf(model) ? 'self' : to)
  return [...one.fields].every(([name, field]) => {
    const match = other.fields.get(name)
    if (!match) return false
    if (self(one, field.options.to) === 'self' && self(other, match.options.to) === 'self') return true
    return sameField(field, match)
  })
}

function fieldPairs(old: ModelState, next: ModelState): [string, string][] {
  const gone = [...old.fields].filter(([name]) => !next.fields.has(name))
  const came = [...next.fields].filter(([name]) => !old.fields.has(name))
  return gone.flatMap(([before, field]) =>
    came.filter(([, candidate]) => sameField(field, candidate)).map(([after]): [string, string] => [before, after]),
  )
}
