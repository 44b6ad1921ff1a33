import { ForeignKeyField } from '../relations/foreign-key.ts'
import type { ModelDraft, ReverseDraft } from './model-draft.ts'
import { camelCase } from './words.ts'

/**
 * The other sides of all relations, by the model that they lead to: `postSet` as with Django, `profile` where there is one row at
 * most, and `editorPostSet` where several relations lead from one model to another.
 */
export function reversesOf(drafts: readonly ModelDraft[]): Map<ModelDraft, ReverseDraft[]> {
  const byClass = new Map(drafts.map((draft) => [draft.className, draft]))
  const reverses = new Map<ModelDraft, ReverseDraft[]>(drafts.map((draft) => [draft, []]))
  for (const source of drafts) {
    for (const { name, field, target } of source.fields) {
      if (!(field instanceof ForeignKeyField) || target === undefined) continue
      const goal = byClass.get(target)
      if (goal === undefined) continue
      const isOnly = source.fields.filter((other) => other.target === target).length === 1
      const end = `${source.className}${field.isOneToOne ? '' : 'Set'}`
      const own = camelCase(isOnly ? end : `${name}_${end}`)
      reverses.get(goal)!.push({ name: goal.names.add(own), target: source.className, via: name })
    }
  }
  return reverses
}
