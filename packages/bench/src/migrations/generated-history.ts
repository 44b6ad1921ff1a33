/** A change of one model, as either framework writes it down. */
export type HistoryStep =
  | { readonly kind: 'addInteger' | 'addText'; readonly model: string; readonly field: string }
  | { readonly kind: 'widenText'; readonly model: string; readonly field: string }
  | { readonly kind: 'addIndex'; readonly model: string; readonly field: string; readonly index: string }

export interface HistoryField {
  readonly kind: 'integer' | 'text'
  readonly maxLength: number
}

export interface HistoryModel {
  readonly name: string
  /** Beside `name`, `count` and `parent`, which every model has from the start. */
  readonly fields: Map<string, HistoryField>
  readonly indexes: { readonly name: string; readonly field: string }[]
  /** What `parent` points to: `'app0.Model0'`. */
  readonly parent: string
}

export interface HistoryApp {
  readonly name: string
  /** As they are after all of `steps`. */
  readonly models: readonly HistoryModel[]
  /** One a migration, after the first, which makes the models. */
  readonly steps: readonly HistoryStep[]
}

export const textLength = 50
export const widerLength = 100

/** The same apps each time: models that point to each other, and a history of small changes, as years of a project leave it. */
export function generateHistory(apps: number, models: number, migrations: number): HistoryApp[] {
  return Array.from({ length: apps }, (_, app) => {
    const steps = Array.from({ length: migrations - 1 }, (_, at) => step(app, at, models))
    return { name: `app${app}`, models: Array.from({ length: models }, (_, at) => finalModel(app, at, steps)), steps }
  })
}

function step(app: number, at: number, models: number): HistoryStep {
  const round = Math.floor(at / 4)
  const model = `Model${round % models}`
  const field = `field${round}`
  switch (at % 4) {
    case 0:
      return { kind: 'addText', model, field }
    case 1:
      return { kind: 'widenText', model, field }
    case 2:
      return { kind: 'addInteger', model, field: `${field}n` }
    default:
      return { kind: 'addIndex', model, field, index: `app${app}_${field}_idx` }
  }
}

function finalModel(app: number, at: number, steps: readonly HistoryStep[]): HistoryModel {
  const name = `Model${at}`
  const parent = at > 0 ? `app${app}.Model${at - 1}` : `app${Math.max(app - 1, 0)}.Model0`
  const model: HistoryModel = { name, fields: new Map(), indexes: [], parent }
  for (const one of steps.filter((step) => step.model === name)) {
    if (one.kind === 'addIndex') model.indexes.push({ name: one.index, field: one.field })
    else if (one.kind === 'addInteger') model.fields.set(one.field, { kind: 'integer', maxLength: 0 })
    else model.fields.set(one.field, { kind: 'text', maxLength: one.kind === 'addText' ? textLength : widerLength })
  }
  return model
}

/** `0007`, as the files are numbered. */
export function numbered(position: number): string {
  return String(position).padStart(4, '0')
}

/** The first app has no other to need. */
export function appBefore(app: string): string | undefined {
  const number = Number(app.slice('app'.length))
  return number > 0 ? `app${number - 1}` : undefined
}
