import type { Operation } from '../operations/operation.ts'
import { type FieldState, relatedLabels, targetOf } from '../state/field-state.ts'
import type { Change } from './change.ts'

export interface ChangeNeeds {
  readonly after?: readonly (Change | undefined)[]
  /** It comes after the models that these point to. */
  readonly fields?: readonly FieldState[]
  /** It comes after these models, by label. */
  readonly models?: readonly string[]
}

/** The changes that were found so far, and what those to come may have to wait for. */
export class ChangeList {
  readonly changes: Change[]
  readonly #renames: readonly Change[]
  /** By label in lower case: what makes a model. */
  readonly #creations = new Map<string, Change>()
  /** By label in lower case: what stops needing a model. */
  readonly #releases = new Map<string, Change[]>()

  constructor(renames: readonly Change[]) {
    this.#renames = renames
    this.changes = [...renames]
  }

  add(app: string, operation: Operation, { after = [], fields = [], models = [] }: ChangeNeeds = {}): Change {
    const needed = [...models, ...fields.flatMap(relatedLabels)].map((label) => label.toLowerCase())
    const apps = needed.map(appOf)
    const renames = this.#renames.filter((rename) => rename.app === app || apps.includes(rename.app))
    const creations = needed.map((label) => this.#creations.get(label))
    const all = [...renames, ...after, ...creations].filter((one) => one !== undefined)
    const bySetting = (field: FieldState) => field.swappable !== undefined && appOf(targetOf(field)!) !== app
    const named = fields.flatMap((field) => relatedLabels(field).slice(bySetting(field) ? 1 : 0))
    const change: Change = {
      app,
      operation,
      after: [...new Set(all)],
      relatesTo: [...new Set([...models, ...named].map(appOf))],
      swappables: [...new Set(fields.filter(bySetting).map(({ swappable }) => swappable!))],
    }
    this.changes.push(change)
    return change
  }

  created(label: string, change: Change): void {
    this.#creations.set(label.toLowerCase(), change)
  }

  /** Notes that with a change something no longer needs these models. */
  released(labels: readonly string[], change: Change): void {
    for (const label of labels.map((one) => one.toLowerCase())) {
      this.#releases.set(label, [...(this.#releases.get(label) ?? []), change])
    }
  }

  releasesOf(label: string): readonly Change[] {
    return this.#releases.get(label.toLowerCase()) ?? []
  }
}

function appOf(label: string): string {
  return label.slice(0, label.indexOf('.')).toLowerCase()
}
