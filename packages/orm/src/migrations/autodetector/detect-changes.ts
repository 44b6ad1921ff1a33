import { GeneratedField } from '../../fields/generated-field.ts'
import { addField, alterField, removeField } from '../operations/field-operations.ts'
import { addConstraint, addIndex, removeConstraint, removeIndex } from '../operations/index-operations.ts'
import {
  alterModelManaged,
  alterModelTable,
  alterModelTableComment,
  type CreateModelOptions,
  createModel,
  deleteModel,
} from '../operations/model-operations.ts'
import type { Operation } from '../operations/operation.ts'
import type { Questioner } from '../questioner.ts'
import { type FieldState, isManyToMany, sameField, targetOf } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import { isSame } from '../state/plain-form.ts'
import type { ProjectState } from '../state/project-state.ts'
import { fieldsIn } from '../state/rename-in-option.ts'
import type { Change } from './change.ts'
import { creationOrder } from './creation-order.ts'
import { detectRenames } from './detect-renames.ts'
import { newColumnValue, notNullValue } from './one-off.ts'

/** The operations that lead from one state to the other, each with those it must come after. */
export async function detectChanges(from: ProjectState, to: ProjectState, questioner: Questioner): Promise<Change[]> {
  const { state, changes } = await detectRenames(from, to, questioner)
  const detector = new Detector(state, to, questioner, changes)
  await detector.run()
  return detector.changes
}

class Detector {
  readonly changes: Change[]
  readonly #from: ProjectState
  readonly #to: ProjectState
  readonly #questioner: Questioner
  readonly #renames: readonly Change[]
  /** By label in lower case: what makes a model. */
  readonly #creations = new Map<string, Change>()
  /** By label of the model pointed to: what stops pointing there. */
  readonly #releases = new Map<string, Change[]>()

  constructor(from: ProjectState, to: ProjectState, questioner: Questioner, renames: readonly Change[]) {
    this.#from = from
    this.#to = to
    this.#questioner = questioner
    this.#renames = renames
    this.changes = [...renames]
  }

  async run(): Promise<void> {
    this.#detectCreated()
    for (const next of this.#to.models) {
      const old = this.#from.find(next.app, next.name)
      if (old) await this.#detectChanged(old, next)
    }
    this.#detectDeleted()
  }

  /** Notes an operation; it comes after `after` and after the models that its `fields` point to. */
  #add(
    app: string,
    operation: Operation,
    after: readonly (Change | undefined)[] = [],
    fields: readonly FieldState[] = [],
  ): Change {
    const targets = fields.map(targetOf).filter((target) => target !== undefined)
    const creations = targets.map((target) => this.#creations.get(target.toLowerCase()))
    const change: Change = {
      app,
      operation,
      after: [...this.#renames, ...after, ...creations].filter((one) => one !== undefined),
      relatesTo: targets.map((target) => target.slice(0, target.indexOf('.'))),
    }
    this.changes.push(change)
    return change
  }

  #detectCreated(): void {
    const closing: (() => void)[] = []
    const created = this.#to.models.filter(({ app, name }) => !this.#from.find(app, name))
    for (const { model, deferred } of creationOrder(created)) {
      const now = [...model.fields].filter(([name]) => !deferred.includes(name))
      const late = (option: object) =>
        [...fieldsIn(option)].some((name) => deferred.includes(name.replace(/Id$/, '')) || deferred.includes(name))
      const { indexes, constraints } = model.options
      const creation = this.#add(
        model.app,
        createModel(model.name, declarations(now), {
          ...creationOptions(model),
          ...nonEmpty(
            'indexes',
            indexes.filter((index) => !late(index)),
          ),
          ...nonEmpty(
            'constraints',
            constraints.filter((constraint) => !late(constraint)),
          ),
        }),
        [],
        now.map(([, field]) => field),
      )
      this.#creations.set(labelOf(model).toLowerCase(), creation)
      closing.push(() => this.#addDeferred(model, deferred, creation, late))
    }
    for (const close of closing) close()
  }

  /** The fields that close a circle of models, once all of them are there. */
  #addDeferred(
    model: ModelState,
    deferred: readonly string[],
    creation: Change,
    late: (option: object) => boolean,
  ): void {
    const added = deferred.map((name) => {
      const field = model.fields.get(name)!
      return this.#add(model.app, addField(model.name, name, field.declaration), [creation], [field])
    })
    for (const index of model.options.indexes) {
      if (late(index)) this.#add(model.app, addIndex(model.name, index), [creation, ...added])
    }
    for (const constraint of model.options.constraints) {
      if (late(constraint)) this.#add(model.app, addConstraint(model.name, constraint), [creation, ...added])
    }
  }

  async #detectChanged(old: ModelState, next: ModelState): Promise<void> {
    const { app, name } = next
    const removals = this.#removeFromOptions(old, next)
    if (old.options.table !== next.options.table) this.#add(app, alterModelTable(name, next.options.table))
    if (old.options.tableComment !== next.options.tableComment) {
      this.#add(app, alterModelTableComment(name, next.options.tableComment))
    }
    if (old.options.managed !== next.options.managed) this.#add(app, alterModelManaged(name, next.options.managed))
    const removed = new Map<string, Change>()
    // What is computed of a column goes before it, and comes after it.
    for (const [field, before] of computedFirst(old.fields)) {
      const after = next.fields.get(field)
      if (after && canAlter(before, after)) continue
      const change = this.#add(app, removeField(name, field), [...removals, ...removed.values()])
      removed.set(field, change)
      this.#release(before, change)
    }
    const fieldChanges: Change[] = []
    for (const [field, after] of computedLast(next.fields)) {
      const before = old.fields.get(field)
      const change =
        before && !removed.has(field)
          ? await this.#alterField(old, next, field, removals)
          : await this.#addField(next, field, after, [
              ...removals,
              removed.get(field),
              ...(isComputed(after) ? fieldChanges : []),
            ])
      if (change) fieldChanges.push(change)
    }
    this.#addToOptions(old, next, [...fieldChanges, ...removed.values()])
  }

  async #addField(
    model: ModelState,
    name: string,
    field: FieldState,
    after: readonly (Change | undefined)[],
  ): Promise<Change> {
    const oneOff = await newColumnValue(field, name, labelOf(model), this.#questioner)
    const operation = addField(model.name, name, field.declaration, oneOff)
    return this.#add(model.app, operation, after, [field])
  }

  async #alterField(
    old: ModelState,
    next: ModelState,
    name: string,
    after: readonly Change[],
  ): Promise<Change | undefined> {
    const [before, field] = [old.fields.get(name)!, next.fields.get(name)!]
    if (sameField(before, field)) return undefined
    const oneOff = await notNullValue(before, field, name, labelOf(next), this.#questioner)
    const operation = alterField(next.name, name, field.declaration, oneOff)
    const change = this.#add(next.app, operation, after, [field])
    if (targetOf(before) !== targetOf(field)) this.#release(before, change)
    return change
  }

  #removeFromOptions(old: ModelState, next: ModelState): Change[] {
    const gone = <T>(before: readonly T[], after: readonly T[]) =>
      before.filter((one) => !after.some((other) => isSame(one, other)))
    return [
      ...gone(old.options.indexes, next.options.indexes).map((index) =>
        this.#add(next.app, removeIndex(next.name, index.name)),
      ),
      ...gone(old.options.constraints, next.options.constraints).map((constraint) =>
        this.#add(next.app, removeConstraint(next.name, constraint.name)),
      ),
    ]
  }

  #addToOptions(old: ModelState, next: ModelState, after: readonly Change[]): void {
    for (const index of next.options.indexes) {
      if (old.options.indexes.some((known) => isSame(known, index))) continue
      this.#add(next.app, addIndex(next.name, index), after)
    }
    for (const constraint of next.options.constraints) {
      if (old.options.constraints.some((known) => isSame(known, constraint))) continue
      this.#add(next.app, addConstraint(next.name, constraint), after)
    }
  }

  /** Models go after all that points to them; those that point to each other lose their relations first. */
  #detectDeleted(): void {
    const deleted = this.#from.models.filter(({ app, name }) => !this.#to.find(app, name))
    const deletions = creationOrder(deleted)
      .reverse()
      .map(({ model, deferred }) => {
        const released = deferred.map((name) => {
          const change = this.#add(model.app, removeField(model.name, name))
          this.#release(model.fields.get(name)!, change)
          return change
        })
        return { model, deferred, released }
      })
    for (const { model, deferred, released } of deletions) {
      const pointing = this.#releases.get(labelOf(model).toLowerCase()) ?? []
      const change = this.#add(model.app, deleteModel(model.name), [...pointing, ...released])
      for (const [name, field] of model.fields) if (!deferred.includes(name)) this.#release(field, change)
    }
  }

  #release(field: FieldState, change: Change): void {
    const target = targetOf(field)?.toLowerCase()
    if (target === undefined) return
    this.#releases.set(target, [...(this.#releases.get(target) ?? []), change])
  }
}

/** A many-to-many is a table of its own: to another model, or to a column, there is no way but to go and come. */
function canAlter(before: FieldState, after: FieldState): boolean {
  // No database makes a column that it computes of another, or the other way round.
  if (isComputed(before) || isComputed(after)) return sameField(before, after)
  if (!isManyToMany(before) && !isManyToMany(after)) return true
  return isManyToMany(before) && isManyToMany(after) && targetOf(before) === targetOf(after)
}

function isComputed({ declaration }: FieldState): boolean {
  return declaration instanceof GeneratedField
}

function computedFirst(fields: ReadonlyMap<string, FieldState>): [string, FieldState][] {
  const all = [...fields]
  return [...all.filter(([, field]) => isComputed(field)), ...all.filter(([, field]) => !isComputed(field))]
}

function computedLast(fields: ReadonlyMap<string, FieldState>): [string, FieldState][] {
  const all = [...fields]
  return [...all.filter(([, field]) => !isComputed(field)), ...all.filter(([, field]) => isComputed(field))]
}

function declarations(fields: readonly (readonly [string, FieldState])[]): Record<string, object> {
  return Object.fromEntries(fields.map(([name, field]) => [name, field.declaration]))
}

function creationOptions({ options: { table, tableComment, managed } }: ModelState): CreateModelOptions {
  return {
    ...(table === undefined ? {} : { table }),
    ...(tableComment === undefined ? {} : { tableComment }),
    ...(managed ? {} : { managed }),
  }
}

function nonEmpty<K extends string, T>(key: K, list: readonly T[]): { [P in K]?: readonly T[] } {
  return list.length === 0 ? {} : ({ [key]: list } as { [P in K]: readonly T[] })
}
