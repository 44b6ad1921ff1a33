import { ModelSignal } from './model-signal.ts'

/** What `preSave` tells. */
export interface SaveEvent {
  readonly instance: object
  /** The row is taken as it is, as when data is loaded: what a receiver would change or ask for may not be there. */
  readonly raw: boolean
  /** The alias of the database. */
  readonly using: string
  /** The names given to `save({ updateFields })`; `undefined` where all may be written. */
  readonly updateFields: readonly string[] | undefined
}

/** What `postSave` tells. */
export interface SavedEvent extends SaveEvent {
  /** Whether the row was inserted. */
  readonly created: boolean
}

/** What `preDelete` and `postDelete` tell. */
export interface DeleteEvent {
  readonly instance: object
  readonly using: string
  /** The row or the queryset that was to be deleted, of which this row may be a consequence. */
  readonly origin: object
}

/** What `preInit` tells: what the constructor was given. */
export interface InitEvent {
  readonly values: Readonly<Record<string, unknown>>
}

/** What `postInit` tells. */
export interface InitialisedEvent {
  readonly instance: object
}

export type RelationAction = 'preAdd' | 'postAdd' | 'preRemove' | 'postRemove' | 'preClear' | 'postClear'

/** What `m2mChanged` tells. `sender` is the model of the table of pairs. */
export interface RelationEvent {
  readonly action: RelationAction
  /** The row whose relation changes. */
  readonly instance: object
  /** Whether it changes from the side that does not declare it. */
  readonly reverse: boolean
  /** The model of the rows that are added or removed. */
  readonly model: object
  /** Their keys; `undefined` where the relation is cleared. */
  readonly pkSet: ReadonlySet<unknown> | undefined
  readonly using: string
}

/** Before a row is saved. */
export const preSave: ModelSignal<SaveEvent> = new ModelSignal('preSave')
/** After a row was saved. */
export const postSave: ModelSignal<SavedEvent> = new ModelSignal('postSave')
/** Before a row is deleted, itself or with another. */
export const preDelete: ModelSignal<DeleteEvent> = new ModelSignal('preDelete')
/** After a row was deleted; it has its key still. */
export const postDelete: ModelSignal<DeleteEvent> = new ModelSignal('postDelete')
/** Before an instance gets its values. Receivers are synchronous. */
export const preInit: ModelSignal<InitEvent> = new ModelSignal('preInit')
/** After an instance got its values, new or read. Receivers are synchronous. */
export const postInit: ModelSignal<InitialisedEvent> = new ModelSignal('postInit')
/** Around each change of a many-to-many relation. */
export const m2mChanged: ModelSignal<RelationEvent> = new ModelSignal('m2mChanged')
