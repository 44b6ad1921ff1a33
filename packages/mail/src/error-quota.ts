/** Milliseconds that the same error is not told of again. */
const quiet = 10 * 60_000
const hour = 60 * 60_000
/** Errors that are told apart; beyond, the oldest is forgotten. */
const maxKinds = 200

interface Kind {
  readonly told: number
  /** How often it came since. */
  more: number
}

/**
 * Decides which errors are worth a mail, so that a site that fails does not send ten thousand: one of a kind in ten minutes, and so many
 * in an hour.
 */
export class ErrorQuota {
  readonly #kinds = new Map<string, Kind>()
  #sent: number[] = []

  /**
   * Whether to tell of an error now; then with how many of its kind were not told of.
   * @param kind what makes two errors the same
   * @param now milliseconds
   */
  admit(kind: string, perHour: number, now: number): { readonly more: number } | undefined {
    const known = this.#kinds.get(kind)
    this.#sent = this.#sent.filter((time) => time > now - hour)
    if ((known !== undefined && now < known.told + quiet) || this.#sent.length >= perHour) {
      if (known !== undefined) known.more += 1
      return undefined
    }
    this.#sent.push(now)
    this.#kinds.delete(kind)
    this.#kinds.set(kind, { told: now, more: 0 })
    if (this.#kinds.size > maxKinds) this.#kinds.delete(this.#kinds.keys().next().value!)
    return { more: known?.more ?? 0 }
  }
}
