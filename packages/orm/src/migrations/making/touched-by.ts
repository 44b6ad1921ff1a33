import type { Operation } from '../operations/operation.ts'
import { relatedLabels, sameField } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import { isSame } from '../state/plain-form.ts'
import type { ProjectState } from '../state/project-state.ts'

/** What operations have to do with: `'blog.Post'`, or of a model that stays, `'blog.Post.title'` and `'the index post_title of blog.Post'`. */
export interface Touched {
  /** What they change. */
  readonly changed: ReadonlySet<string>
  /** The models that must be there for what they change. */
  readonly needed: ReadonlySet<string>
  /** What may change anything: code and SQL, by their descriptions. */
  readonly opaque: readonly string[]
}

/** What operations change, told by the states before and after each of them. */
export function touchedBy(operations: readonly { operation: Operation; app: string }[], start: ProjectState): Touched {
  const changed = new Set<string>()
  const needed = new Set<string>()
  const opaque: string[] = []
  let before = start
  for (const { operation, app } of operations) {
    const after = operation.applyTo(before, app)
    if (after === before) opaque.push(operation.description)
    for (const label of new Set([...before.models, ...after.models].map((model) => labelOf(model)))) {
      const [old, next] = [before.byLabel(label), after.byLabel(label)]
      for (const part of differences(label, old, next)) changed.add(part)
      if (next && next !== old)
        for (const field of next.fields.values()) for (const one of relatedLabels(field)) needed.add(one)
    }
    before = after
  }
  return { changed, needed, opaque }
}

function differences(label: string, old: ModelState | undefined, next: ModelState | undefined): string[] {
  if (old === next) return []
  if (!old || !next) return [label]
  const fields = [...new Set([...old.fields.keys(), ...next.fields.keys()])].filter((name) => {
    const [before, after] = [old.fields.get(name), next.fields.get(name)]
    return !before || !after || !sameField(before, after)
  })
  const { indexes: _, constraints: __, ...before } = old.options
  const { indexes: ___, constraints: ____, ...after } = next.options
  return [
    ...fields.map((name) => `${label}.${name}`),
    ...entries(old.options.indexes, next.options.indexes).map((name) => `the index ${name} of ${label}`),
    ...entries(old.options.constraints, next.options.constraints).map((name) => `the constraint ${name} of ${label}`),
    ...(isSame(before, after) ? [] : [`the options of ${label}`]),
  ]
}

function entries(old: readonly { readonly name: string }[], next: readonly { readonly name: string }[]): string[] {
  const find = (list: readonly { readonly name: string }[], name: string) => list.find((one) => one.name === name)
  const names = new Set([...old, ...next].map(({ name }) => name))
  return [...names].filter((name) => !isSame(find(old, name), find(next, name)))
}
