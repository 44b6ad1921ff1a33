import {
  addConstraint,
  addIndex,
  removeConstraint,
  removeIndex,
  renameConstraint,
  renameIndex,
} from '../operations/index-operations.ts'
import {
  alterModelManaged,
  alterModelRequiredDbVendor,
  alterModelTable,
  alterModelTableComment,
} from '../operations/model-operations.ts'
import type { Operation } from '../operations/operation.ts'
import type { ConstraintState, IndexState, ModelState } from '../state/model-state.ts'
import { isSame } from '../state/plain-form.ts'
import type { Change } from './change.ts'
import type { ChangeList } from './change-list.ts'

/** The table's name, its comment and whose it is. */
export function detectChangedTable(list: ChangeList, old: ModelState, next: ModelState): void {
  const { app, name } = next
  const [before, after] = [old.options, next.options]
  if (before.requiredDbVendor !== after.requiredDbVendor) {
    list.add(app, alterModelRequiredDbVendor(name, after.requiredDbVendor))
  }
  if (before.managed !== after.managed) list.add(app, alterModelManaged(name, after.managed))
  if (before.table !== after.table) list.add(app, alterModelTable(name, after.table))
  if (before.tableComment !== after.tableComment) list.add(app, alterModelTableComment(name, after.tableComment))
}

/** What becomes of the indexes or the constraints of a model. */
interface Difference<T> {
  readonly removed: readonly T[]
  readonly added: readonly T[]
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
}

export interface OptionChanges {
  readonly indexes: Difference<IndexState>
  readonly constraints: Difference<ConstraintState>
}

export function optionChanges(old: ModelState, next: ModelState): OptionChanges {
  return {
    indexes: difference(old.options.indexes, next.options.indexes),
    constraints: difference(old.options.constraints, next.options.constraints),
  }
}

/** What says the same under another name is renamed, unless that name is another's still. */
function difference<T extends { readonly name: string }>(before: readonly T[], after: readonly T[]): Difference<T> {
  const gone = before.filter((one) => !after.some((other) => isSame(one, other)))
  const came = after.filter((one) => !before.some((other) => isSame(one, other)))
  const renamed = new Map<T, T>()
  for (const from of gone) {
    const to = came.find(
      (one) => isSame({ ...from, name: '' }, { ...one, name: '' }) && ![...renamed.values()].includes(one),
    )
    if (to && !before.some(({ name }) => name === to.name)) renamed.set(from, to)
  }
  return {
    removed: gone.filter((one) => !renamed.has(one)),
    added: came.filter((one) => ![...renamed.values()].includes(one)),
    renamed: [...renamed].map(([from, to]) => ({ from: from.name, to: to.name })),
  }
}

/** What goes does so before the fields change, since it may be of one that goes. */
export function removeFromOptions(list: ChangeList, { app, name }: ModelState, changes: OptionChanges): Change[] {
  const { indexes, constraints } = changes
  const operations = [
    ...indexes.removed.map((index) => removeIndex(name, index.name)),
    ...constraints.removed.map((constraint) => removeConstraint(name, constraint.name)),
    ...indexes.renamed.map((names) => renameIndex(name, names)),
    ...constraints.renamed.map((names) => renameConstraint(name, names)),
  ]
  return operations.map((operation) => list.add(app, operation))
}

/** What comes does so after the fields have changed, since it may be of one that is new. */
export function addToOptions(
  list: ChangeList,
  { app, name }: ModelState,
  { indexes, constraints }: OptionChanges,
  after: readonly Change[],
): void {
  const operations: Operation[] = [
    ...indexes.added.map((index) => addIndex(name, index)),
    ...constraints.added.map((constraint) => addConstraint(name, constraint)),
  ]
  for (const operation of operations) list.add(app, operation, { after })
}
