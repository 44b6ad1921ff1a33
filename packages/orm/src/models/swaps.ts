import { QueryError } from '../errors.ts'
import type { ModelMeta } from './model-meta.ts'

/** What the project's settings say: the label of the model that a setting names, `undefined` where it says nothing. */
export type SwapReader = (setting: string) => string | undefined

let reader: SwapReader | undefined

/** Tells the ORM where it learns which models stand in the place of swappable ones; `undefined` takes it back. Part of `setup()`. */
export function readSwapsFrom(read: SwapReader | undefined): void {
  reader = read
}

/** The label that the settings give for a swappable model. */
export function swapOf(setting: string): string | undefined {
  return reader?.(setting)
}

/** Throws `QueryError` for a model in whose place the project has another: it has no table. */
export function refuseSwapped({ label, swapped, options }: ModelMeta): void {
  if (swapped === undefined) return
  throw new QueryError(
    `Manager isn't available; '${label}' has been swapped for '${swapped}'. The setting '${options.swappable}' names the model whose rows there are.`,
  )
}

const settings = new WeakMap<object, string>()

/** Notes that `standIn` is whichever model the setting names. */
export function noteStandIn(standIn: object, setting: string): void {
  settings.set(standIn, setting)
}

/** The setting that names the model, where `target` is what `swappable` gave. */
export function settingOf(target: unknown): string | undefined {
  return typeof target === 'function' ? settings.get(target) : undefined
}
