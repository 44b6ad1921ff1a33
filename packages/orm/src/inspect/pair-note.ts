import { AutoField } from '../fields/auto-field.ts'
import { CompositeKeyField } from '../fields/composite-key-field.ts'
import { quoted } from '../migrations/writer/serialize-value.ts'
import type { FieldDraft } from './model-draft.ts'

/** For people: that a table holds nothing but pairs of rows, and the relation that it could be. Which model has it is theirs to say. */
export function pairNote(className: string, fields: readonly FieldDraft[]): string | undefined {
  const relations = fields.filter(({ target }) => target !== undefined)
  const others = fields.filter(({ field, target }) => {
    return target === undefined && !(field instanceof AutoField || field instanceof CompositeKeyField)
  })
  const [one, other] = relations
  if (relations.length !== 2 || others.length > 0 || relations.some(({ field }) => field.null || field.primaryKey))
    return undefined
  const keys = one!.target === other!.target ? `, throughFields: [${quoted(one!.name)}, ${quoted(other!.name)}]` : ''
  return `It holds pairs, so that ${one!.target} may have: get ${other!.name}s() { return manyToMany(${other!.target}, { through: ${className}${keys} }) }`
}
