import { auto, bigAuto, char, compositePrimaryKey, integer } from '../../src/fields/index.ts'
import type { Questioner } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { CASCADE, foreignKey, manyToMany, oneToOne, SET_NULL } from '../../src/relations/index.ts'
import type { Models } from './project.ts'
import { declaredOptions } from './random-options.ts'
import { type FieldSpec, type KeyKind, kindOf, type ModelSpec, type ProjectSpec } from './random-project.ts'

const keyFields: Readonly<Record<KeyKind, () => object>> = {
  bigAuto: () => ({ id: bigAuto() }),
  auto: () => ({ id: auto() }),
  integer: () => ({ id: integer({ primaryKey: true }) }),
  char: () => ({ id: char({ maxLength: 10, primaryKey: true }) }),
  composite: () => ({ left: integer(), right: integer(), pk: compositePrimaryKey('left', 'right') }),
}

export function baseNames(model: ModelSpec): { name: string; size: string } {
  const named = (family: string) => model.fields.find(({ type }) => 'family' in type && type.family === family)!.name
  return { name: named('name'), size: named('size') }
}

/** The classes of a version, by app. */
export function declare(project: ProjectSpec): Models {
  const apps: Record<string, Record<string, unknown>> = { one: {}, two: {} }
  const classes = new Map<number, object>()
  for (const model of project.models) {
    const declared = Object.defineProperties(keyFields[model.key](), {
      ...Object.fromEntries(
        model.fields.map((field) => [
          field.name,
          { enumerable: true, get: () => declaredField(field, model, (id) => classes.get(id)!) },
        ]),
      ),
    })
    const options = {
      ...declaredOptions(model.options, { id: model.id, ...baseNames(model) }),
      ...(model.table === undefined ? {} : { table: model.table }),
      ...(model.comment === undefined ? {} : { tableComment: model.comment }),
    }
    const made = { [model.name]: class extends Model(declared, options as object) {} }[model.name]!
    classes.set(model.id, made)
    apps[model.app]![model.name] = made
  }
  return apps
}

function declaredField(field: FieldSpec, model: ModelSpec, classOf: (id: number) => object): object {
  const { type, variant } = field
  if ('family' in type) return kindOf(field)!.make(variant, baseNames(model))
  const target = classOf(type.target)
  if (type.relation === 'through') return manyToMany(target, { through: classOf(type.link) })
  if (type.relation === 'manyToMany') return manyToMany(target)
  const make = type.relation === 'foreignKey' ? foreignKey : oneToOne
  return variant.null ? make(target, { onDelete: SET_NULL, null: true }) : make(target, { onDelete: CASCADE })
}

/** Answers what makemigrations asks, as one does who knows what was done. */
export function questionerOf(before: ProjectSpec, after: ProjectSpec): Questioner {
  const find = (project: ProjectSpec, label: string) =>
    project.models.find(({ app, name }) => `${app}.${name}` === label)
  const oneOff = (label: string, name: string) => {
    const field = find(after, label)!.fields.find((one) => one.name === name)
    // The parts of a key come with their model alone.
    if (field === undefined) return 1
    const { type } = field
    if ('family' in type) return kindOf(field)!.fill
    const target = after.models.find(({ id }) => id === type.target)!
    return target.key === 'char' ? '11' : 11
  }
  return {
    askNewColumn: ({ model, field }) => oneOff(model, field),
    askNotNull: ({ model, field }) => oneOff(model, field),
    askRename({ kind, of, from, candidates }) {
      if (kind === 'model') {
        const old = find(before, `${of}.${from}`)
        const now = after.models.find(({ id }) => id === old?.id)?.name
        return now !== undefined && candidates.includes(now) ? now : null
      }
      const model = find(after, of)
      const old = before.models.find(({ id }) => id === model?.id)?.fields.find(({ name }) => name === from)
      const now = model?.fields.find(({ id }) => id === old?.id)?.name
      return now !== undefined && candidates.includes(now) ? now : null
    },
  }
}
