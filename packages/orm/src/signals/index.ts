export { type ConnectOptions, type ModelEvent, ModelSignal } from './model-signal.ts'
export {
  type DeleteEvent,
  type InitEvent,
  type InitialisedEvent,
  m2mChanged,
  postDelete,
  postInit,
  postSave,
  preDelete,
  preInit,
  preSave,
  type RelationAction,
  type RelationEvent,
  type SavedEvent,
  type SaveEvent,
} from './signals.ts'
