import { Field, snakeCase } from '../fields/field.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { ManyToManyField } from '../relations/many-to-many.ts'

/** What of a model has values in a file. */
export type FileMember = Field | ManyToManyField

/** The model's name in a file, as Django writes it: `'blog.post'`. */
export function modelNameInFile(meta: ModelMeta): string {
  return `${meta.appLabel}.${meta.modelName}`
}

/** The field's name in a file, as Django would name it: `'published_at'`; of a foreign key `'author'`. */
export function nameInFile(member: FileMember): string {
  return snakeCase(member.name)
}

const known = new WeakMap<ModelMeta, ReadonlyMap<string, FileMember>>()

/** The fields of a model by every name that a file may have for them: Django's, and those of the model itself. */
export function membersByName(meta: ModelMeta): ReadonlyMap<string, FileMember> {
  let names = known.get(meta)
  if (names === undefined) {
    const members = [...meta.fields, ...meta.manyToMany]
    // Where two fields have a claim to a name, that of the model itself is the one.
    names = new Map([
      ...members.flatMap((member) => aliases(member).map((name) => [name, member] as const)),
      ...members.map((member) => [nameInFile(member), member] as const),
      ...members.map((member) => [member.name, member] as const),
    ])
    known.set(meta, names)
  }
  return names
}

function aliases(member: FileMember): readonly string[] {
  return member instanceof Field ? [member.attribute, snakeCase(member.attribute)] : []
}

/** Whether the relation's pairs are written with the row; those of a model of the project's are rows of their own. */
export function isWrittenWithRow(member: FileMember): member is ManyToManyField {
  return member instanceof ManyToManyField && member.ownsTable
}
