import { activeSettings } from '../settings/active-settings.ts'

export interface KeyRingOptions {
  /** `secretKey` of the settings if left out. */
  readonly key?: string
  /** Former keys that are still good to read with; `secretKeyFallbacks` of the settings if left out, and none beside a `key`. */
  readonly fallbackKeys?: readonly string[]
}

/** The present key and the former ones, each derived for one purpose, once. */
export class KeyRing {
  readonly #key: string | undefined
  readonly #fallbackKeys: readonly string[] | undefined
  readonly #derive: (key: string) => Buffer
  readonly #derived = new Map<string, Buffer>()

  constructor({ key, fallbackKeys }: KeyRingOptions, derive: (key: string) => Buffer) {
    this.#key = key
    this.#fallbackKeys = fallbackKeys
    this.#derive = derive
  }

  /** What new texts are made with. */
  get current(): Buffer {
    return this.#derivedFrom(this.#key ?? activeSettings().secretKey)
  }

  /** What texts of before may have been made with, the last first. */
  get former(): readonly Buffer[] {
    const keys = this.#fallbackKeys ?? (this.#key === undefined ? activeSettings().secretKeyFallbacks : [])
    return keys.map((key) => this.#derivedFrom(key))
  }

  #derivedFrom(key: string): Buffer {
    let derived = this.#derived.get(key)
    if (derived === undefined) {
      derived = this.#derive(key)
      this.#derived.set(key, derived)
    }
    return derived
  }
}
