interface Waiter {
  grant(): void
}

/** Thrown by `Turns.take` when the turn did not come within its limit; the caller knows what was waited for. */
export class TurnNotReached extends Error {}

/** A fair lock within the process: whoever asks first has the first turn. */
export class Turns {
  readonly #waiting: Waiter[] = []
  #held = false

  /** Whether nobody holds the turn or waits for it. */
  get idle(): boolean {
    return !this.#held
  }

  /** Takes the turn if nobody has it. */
  tryTake(): boolean {
    if (this.#held) return false
    this.#held = true
    return true
  }

  /** Waits for the turn, for at most `limit` milliseconds. Whoever has taken it must `pass` it on. */
  take(limit: number): Promise<void> {
    if (this.tryTake()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
        reject(new TurnNotReached())
      }, limit)
      const waiter = {
        grant() {
          clearTimeout(timer)
          resolve()
        },
      }
      this.#waiting.push(waiter)
    })
  }

  /** Hands the turn to the next who waits. */
  pass(): void {
    const next = this.#waiting.shift()
    // The turn goes from hand to hand, so that nobody who asks in between can overtake.
    if (next) next.grant()
    else this.#held = false
  }
}
