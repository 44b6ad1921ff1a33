import type { Operation } from '../operations/operation.ts'
import type { ProjectState } from '../state/project-state.ts'
import type { Change } from './change.ts'

/** The state as it becomes while renames are found, with the operations that make it so. */
export class RenameTrail {
  readonly changes: Change[] = []
  state: ProjectState

  constructor(state: ProjectState) {
    this.state = state
  }

  /** Takes a step: after those of the same app, in which names were made that it may use. */
  take(app: string, operation: Operation): void {
    this.state = operation.applyTo(this.state, app)
    const before = this.changes.findLast((change) => change.app === app)
    this.changes.push({ app, operation, after: before ? [before] : [], relatesTo: [] })
  }
}
