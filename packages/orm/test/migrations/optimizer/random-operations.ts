import fc from 'fast-check'
import { bigAuto, char, generated, integer, text } from '../../../src/fields/index.ts'
import { F, Q } from '../../../src/index.ts'
import { addField, alterField, removeField, renameField } from '../../../src/migrations/operations/field-operations.ts'
import {
  addConstraint,
  addIndex,
  removeConstraint,
  removeIndex,
} from '../../../src/migrations/operations/index-operations.ts'
import {
  alterModelTable,
  createModel,
  deleteModel,
  renameModel,
} from '../../../src/migrations/operations/model-operations.ts'
import { noop } from '../../../src/migrations/operations/noop.ts'
import type { Operation } from '../../../src/migrations/operations/operation.ts'
import { runSQL } from '../../../src/migrations/operations/run-sql.ts'
import { type FieldState, fieldState, renameInField, targetOf } from '../../../src/migrations/state/field-state.ts'
import { labelOf, type ModelState } from '../../../src/migrations/state/model-state.ts'
import { ProjectState } from '../../../src/migrations/state/project-state.ts'
import { fieldsIn } from '../../../src/migrations/state/rename-in-option.ts'
import { foreignKey, manyToMany, SET_NULL } from '../../../src/relations/index.ts'

/** Numbers that choose an operation where there is one for each state. */
export const choices = fc.array(fc.nat(999_999), { minLength: 1, maxLength: 14 })

export const app = 'one'
const modelNames = ['A', 'B', 'C']
const fieldNames = ['a', 'b', 'c']
const indexNames = ['i', 'j']
const checkNames = ['k', 'l']
const tables = ['t', 'u', undefined]

type Make = (model: ModelState, name: string, pick: Pick) => { field: object; oneOff?: unknown } | undefined

/** Forms of a field: of text, of numbers, computed, relations. A field is altered within its group. */
const forms: readonly (readonly Make[])[] = [
  [
    () => ({ field: char({ maxLength: 20 }), oneOff: 'one' }),
    () => ({ field: char({ maxLength: 30, default: 'two' }) }),
    () => ({ field: text({ null: true }) }),
    () => ({ field: char({ maxLength: 30, null: true, default: 'three', dbIndex: true }) }),
    (_, name) => ({ field: char({ maxLength: 30, dbColumn: `${name}_x` }), oneOff: 'four' }),
  ],
  [
    () => ({ field: integer(), oneOff: 1 }),
    () => ({ field: integer({ default: 2, dbColumn: 'n' }) }),
    () => ({ field: integer({ null: true }) }),
    () => ({ field: integer({ dbDefault: 3 }) }),
    () => ({ field: integer({ default: 2 }), oneOff: 4 }),
  ],
  [
    (model, name, pick) => {
      const numbers = [...model.fields].filter(([own, field]) => own !== name && field.factory === 'integer')
      if (numbers.length === 0) return undefined
      const expression = F(pick(numbers)[0]).add(1)
      return { field: generated({ expression, outputField: integer({ null: true }), dbPersist: true }) }
    },
  ],
  [],
  [],
]

type Pick = <T>(list: readonly T[]) => T

function formsFor(group: number, targets: readonly string[]): readonly Make[] {
  if (group === 3) return targets.map((to) => () => ({ field: foreignKey(to, { onDelete: SET_NULL, null: true }) }))
  if (group === 4) return targets.map((to) => () => ({ field: manyToMany(to) }))
  return forms[group]!
}

function groupOf({ factory }: FieldState): number {
  return ['char|text', 'integer', 'generated', 'foreignKey', 'manyToMany'].findIndex((names) =>
    names.split('|').includes(factory),
  )
}

/** Operations that are right one after the other from `start` on: a database can do each of them at its place. */
export function operationsFrom(start: ProjectState, numbers: readonly number[]): Operation[] {
  let state = start
  return numbers.flatMap((number) => {
    const operation = operationFor(state, number)
    if (!operation) return []
    state = operation.applyTo(state, app)
    return [operation]
  })
}

function operationFor(state: ProjectState, number: number): Operation | undefined {
  let rest = number
  const pick: Pick = (list) => {
    const chosen = list[rest % list.length]!
    rest = Math.floor(rest / list.length)
    return chosen
  }
  const own = state.models.filter((model) => model.app === app)
  const kind = pick([
    'model',
    'field',
    'field',
    'field',
    'alter',
    'alter',
    'remove',
    'remove',
    'option',
    'rename',
    'sql',
  ])
  if (kind === 'sql') return rest % 3 === 0 ? runSQL('SELECT 1', noop) : undefined
  if (own.length === 0 || kind === 'model') return creation(state, own, pick)
  const model = pick(own)
  const targets = state.models.map(labelOf)
  if (kind === 'field') {
    const name = freeName(model, pick)
    const made =
      name === undefined ? undefined : pickForm(formsFor(pick([0, 1, 2, 3, 4, 0, 1]), targets), model, name, pick)
    return made && addField(model.name, name!, made.field, { oneOff: made.oneOff })
  }
  const fields = [...model.fields].filter(([name]) => name !== 'id')
  if (kind === 'alter' && fields.length > 0) {
    const [name, field] = pick(fields)
    const made = pickForm(formsFor(groupOf(field), targets), model, name, pick)
    return made && alterField(model.name, name, made.field, { oneOff: made.oneOff })
  }
  if (kind === 'remove') return removal(state, model, pick)
  if (kind === 'rename') {
    const name = freeName(model, pick)
    if (name && fields.length > 0 && pick([true, true, false])) return renameField(model.name, pick(fields)[0], name)
    const free = modelNames.filter((one) => !state.find(app, one))
    return free.length > 0 ? renameModel(model.name, pick(free)) : undefined
  }
  return option(state, model, pick)
}

/** A name that is free, and whose columns and the like are. */
function freeName(model: ModelState, pick: Pick): string | undefined {
  const free = fieldNames.filter((name) => !model.fields.has(name))
  return free.length === 0 ? undefined : pick(free)
}

/** A form that the model can take: two fields do not have one column. */
function pickForm(makes: readonly Make[], model: ModelState, name: string, pick: Pick) {
  if (makes.length === 0) return undefined
  const made = pick(makes)(model, name, pick)
  const column = (field: object) => (field as { options: { dbColumn?: string } }).options.dbColumn
  const taken =
    made &&
    [...model.fields].some(
      ([own, field]) =>
        own !== name && column(field.declaration) !== undefined && column(field.declaration) === column(made.field),
    )
  return made && !taken ? made : undefined
}

function creation(state: ProjectState, own: readonly ModelState[], pick: Pick): Operation | undefined {
  const free = modelNames.filter((name) => !state.find(app, name))
  if (free.length === 0) return undefined
  const name = pick(free)
  const target = pick([...state.models.map(labelOf), 'self'])
  const fields = {
    id: bigAuto(),
    ...(pick([true, false]) ? { a: integer({ default: 5 }) } : {}),
    ...(pick([true, false]) ? { b: foreignKey(target, { onDelete: SET_NULL, null: true }) } : {}),
  }
  const table = pick(tables.filter((one) => !own.some((model) => model.options.table === one || one === undefined)))
  return createModel(name, fields, pick([true, false]) && table !== undefined ? { table } : {})
}

/** The fields that something in the model speaks of. */
function spokenOf({ fields, options }: ModelState): Set<string> {
  const names = new Set([...options.indexes, ...options.constraints].flatMap((entry) => [...fieldsIn(entry)]))
  for (const field of fields.values()) {
    renameInField(field, (path) => {
      names.add(path)
      return path
    })
  }
  return names
}

function removal(state: ProjectState, model: ModelState, pick: Pick): Operation | undefined {
  const spoken = spokenOf(model)
  const fields = [...model.fields.keys()].filter((name) => name !== 'id' && !spoken.has(name))
  const { indexes, constraints } = model.options
  const isHeld = state.models.some(
    (other) => other !== model && [...other.fields.values()].some((field) => targetOf(field) === labelOf(model)),
  )
  const possible = [
    ...fields.map((name) => removeField(model.name, name)),
    ...indexes.map(({ name }) => removeIndex(model.name, name)),
    ...constraints.map(({ name }) => removeConstraint(model.name, name)),
    ...(isHeld ? [] : [deleteModel(model.name)]),
  ]
  return possible.length === 0 ? undefined : pick(possible)
}

function option(state: ProjectState, model: ModelState, pick: Pick): Operation | undefined {
  const taken = state.models.flatMap(({ options }) => [...options.indexes, ...options.constraints])
  const isFree = (name: string) => !taken.some((entry) => entry.name === name)
  const numbers = [...model.fields].filter(([, field]) => field.factory === 'integer').map(([name]) => name)
  const free = tables.filter((table) => !state.models.some(({ options }) => options.table === table))
  const possible = [
    ...free.map((table) => alterModelTable(model.name, table)),
    ...indexNames
      .filter(isFree)
      .map((name) => addIndex(model.name, { name, fields: numbers.length > 0 ? [pick(numbers)] : ['id'] })),
    ...(numbers.length > 0
      ? checkNames
          .filter(isFree)
          .map((name) =>
            addConstraint(model.name, { type: 'check', name, condition: Q({ [`${pick(numbers)}__lt`]: 100 }) }),
          )
      : []),
  ]
  return possible.length === 0 ? undefined : pick(possible)
}

/** A model of another app, which the operations may point to. */
export function initialState(): ProjectState {
  const id = bigAuto()
  const fields = new Map([['id', fieldState(id as never, { app: 'two', name: 'Z' })]])
  return new ProjectState([{ app: 'two', name: 'Z', fields, options: { indexes: [], constraints: [], managed: true } }])
}
