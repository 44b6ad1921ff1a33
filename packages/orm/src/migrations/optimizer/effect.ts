import type { Operation } from '../operations/operation.ts'
import { type FieldDeclaration, fieldState, renameInField } from '../state/field-state.ts'
import { fieldsIn } from '../state/rename-in-option.ts'

/** What an operation changes and what else it speaks of: from this follows which operations may change places. */
export interface Effect {
  /** The factory, without what is said of how the database is to do it: `addIndexConcurrently` is an `addIndex`. */
  readonly kind: string
  /** The model that it is about, as it is called before. Labels are in lower case throughout. */
  readonly model: string
  /** The models that come, go or change their name. */
  readonly models: ReadonlySet<string>
  /** The models that it speaks of beside its own. */
  readonly mentions: ReadonlySet<string>
  /** The fields of the model that it changes, by name; an option of the model counts as one, `'#table'`. */
  readonly fields: ReadonlySet<string>
  /** The fields of the model that it speaks of. */
  readonly reads: ReadonlySet<string>
  /** Names of indexes and constraints, of which a database has one each. */
  readonly names: ReadonlySet<string>
}

type Parts = Partial<Omit<Effect, 'kind' | 'model'>>
type Describe = (args: readonly unknown[], model: { app: string; name: string }) => Parts

const field = (name: unknown): Parts => ({ fields: new Set([String(name)]) })
const setting =
  (name: string): Describe =>
  () =>
    field(`#${name}`)

const declaredField: Describe = ([, name, declaration], model) => ({
  ...spoken([declaration as FieldDeclaration], model),
  ...field(name),
})
const addedEntry: Describe = ([, entry]) => {
  const { name } = entry as { name: string }
  return { names: new Set([name]), reads: withKeys(fieldsIn(entry as object)) }
}
const namedEntry: Describe = ([, name]) => ({ names: new Set([String(name)]) })
const renamedEntry: Describe = ([, names]) => {
  const { from, to } = names as { from: string; to: string }
  return { names: new Set([from, to]) }
}

/** By factory. What is not here nobody knows: nothing passes it. */
const descriptions: Readonly<Record<string, Describe>> = {
  createModel: ([, fields, options], model) => ({
    ...spoken(Object.values(fields as Record<string, FieldDeclaration>), model, options),
    models: new Set([label(model.app, model.name)]),
    names: new Set(entryNames(options)),
  }),
  deleteModel: (_, { app, name }) => ({ models: new Set([label(app, name)]) }),
  renameModel: ([from, to], { app }) => ({ models: new Set([label(app, from), label(app, to)]) }),
  alterModelTable: setting('table'),
  alterModelTableComment: setting('tableComment'),
  addField: declaredField,
  alterField: declaredField,
  removeField: ([, name]) => field(name),
  renameField: ([, from, to]) => ({ fields: new Set([String(from), String(to)]) }),
  addIndex: addedEntry,
  removeIndex: namedEntry,
  renameIndex: renamedEntry,
  addConstraint: addedEntry,
  removeConstraint: namedEntry,
  renameConstraint: renamedEntry,
  validateConstraint: namedEntry,
}

/** What an operation of `app` changes and speaks of; `undefined` where it may be anything: code, SQL, what is not ours. */
export function effectOf(operation: Operation, app: string): Effect | undefined {
  const kind = operation.factory.replace(/(Concurrently|NotValid)$/, '')
  if (!Object.hasOwn(descriptions, kind)) return undefined
  const name = String(operation.arguments[0])
  const none = new Set<string>()
  return {
    kind,
    model: label(app, name),
    models: none,
    mentions: none,
    fields: none,
    reads: none,
    names: none,
    ...descriptions[kind]!(operation.arguments, { app, name }),
  }
}

/** Among mentions: it may speak of any model of its app. */
export const anyModel = '*'

/** The label of a model as labels are compared. */
export function label(app: string, name: unknown): string {
  return `${app}.${name}`.toLowerCase()
}

/** The models and fields that fields speak of: the targets of relations, what columns are computed of. */
function spoken(
  declarations: readonly FieldDeclaration[],
  model: { app: string; name: string },
  options?: unknown,
): { mentions: Set<string>; reads: Set<string> } {
  const mentions = new Set<string>()
  const reads = new Set<string>()
  const { proxyFor } = (options ?? {}) as { proxyFor?: string }
  if (proxyFor !== undefined) mentions.add(proxyFor.toLowerCase())
  for (const declaration of declarations) {
    const state = fieldState(declaration, model)
    for (const target of [state.options.to, state.options.through]) {
      if (typeof target === 'string') mentions.add(target.toLowerCase())
    }
    // At this point of the history the model may have another name than the setting has for it today.
    if (state.swappable !== undefined && String(state.options.to).startsWith(`${model.app}.`)) mentions.add(anyModel)
    renameInField(state, (path) => {
      reads.add(path.replace(/^-/, '').split('__')[0]!)
      return path
    })
  }
  return { mentions, reads: withKeys(reads) }
}

/** `authorId` speaks of `author` too. */
function withKeys(names: ReadonlySet<string>): Set<string> {
  return new Set([...names, ...[...names].map((name) => name.replace(/Id$/, ''))])
}

function entryNames(options: unknown): string[] {
  const { indexes = [], constraints = [] } = (options ?? {}) as Record<string, readonly { name: string }[]>
  return [...indexes, ...constraints].map(({ name }) => name)
}
