import { detectChanges } from '../autodetector/detect-changes.ts'
import { keyOf, type Migration } from '../migration.ts'
import type { ProjectState } from '../state/project-state.ts'
import { type Touched, touchedBy } from './touched-by.ts'

/** The migrations of an app since it had one end, up to one of its ends now. */
export type Branch = readonly Migration[]

/**
 * Why branches may not stand in any order, a sentence each; nothing where they may. `base` is the state that all of them start
 * from.
 */
export async function mergeConflicts(branches: readonly Branch[], base: ProjectState): Promise<string[]> {
  const touched = branches.map((branch) => touchedBy(operationsOf(branch), base))
  const conflicts: string[] = []
  for (const [at, one] of touched.entries()) {
    for (const [later, other] of touched.entries()) {
      if (later <= at) continue
      const names = `${nameOf(branches[at]!)} and ${nameOf(branches[later]!)}`
      for (const part of sharedBy(one, other)) conflicts.push(`Both ${names} change ${part}.`)
      const order = await orderMatters(branches[at]!, branches[later]!, base)
      if (order !== undefined && conflicts.length === 0) conflicts.push(`The order of ${names} matters: ${order}`)
    }
    for (const what of one.opaque) conflicts.push(`${nameOf(branches[at]!)} may change anything: '${what}'.`)
  }
  return conflicts
}

function operationsOf(branch: Branch) {
  return branch.flatMap(({ app, operations }) => operations.map((operation) => ({ app, operation })))
}

function nameOf(branch: Branch): string {
  return branch.map(keyOf).join(' with ')
}

/** What both change, where a model that comes, goes or is renamed stands for all of it. */
function sharedBy(one: Touched, other: Touched): string[] {
  const both = [...one.changed].filter((part) => other.changed.has(part))
  return [...new Set([...both, ...wholeModels(one, other), ...wholeModels(other, one)])]
}

function wholeModels(one: Touched, other: Touched): string[] {
  const models = [...one.changed].filter((part) => /^[^. ]+\.[^. ]+$/.test(part))
  return models.filter(
    (label) =>
      other.needed.has(label) ||
      [...other.changed].some((part) => part.startsWith(`${label}.`) || part.endsWith(` of ${label}`)),
  )
}

/** Tries both orders: what one of them makes of the models, the other must. */
async function orderMatters(one: Branch, other: Branch, base: ProjectState): Promise<string | undefined> {
  try {
    const states = [
      [...one, ...other],
      [...other, ...one],
    ].map((branches) =>
      operationsOf(branches).reduce((state, { app, operation }) => operation.applyTo(state, app), base),
    )
    const changes = await detectChanges(states[0]!, states[1]!, {
      askNewColumn: () => null,
      askNotNull: () => null,
      askRename: () => null,
    })
    return changes.length === 0 ? undefined : `the models differ by '${changes[0]!.operation.description}'.`
  } catch (error) {
    return (error as Error).message
  }
}
