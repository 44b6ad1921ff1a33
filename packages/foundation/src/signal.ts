/** Receives what a signal sends. It may be asynchronous: `send` waits for it. */
export type Receiver<Event> = (event: Event) => void | Promise<void>

/**
 * A point where other code may listen. Receivers run in the order they were connected; an error in one stops the rest and
 * reaches the sender, as with Django's `Signal.send`.
 */
export class Signal<Event> {
  readonly name: string
  #receivers: readonly Receiver<Event>[] = []

  constructor(name: string) {
    this.name = name
  }

  /** Whether anybody listens: senders on a hot path ask before they build an event. */
  get hasReceivers(): boolean {
    return this.#receivers.length > 0
  }

  /** Adds a receiver and returns the function that removes it. Connecting the same function twice has no effect. */
  connect(receiver: Receiver<Event>): () => void {
    if (!this.#receivers.includes(receiver)) this.#receivers = [...this.#receivers, receiver]
    return () => this.disconnect(receiver)
  }

  disconnect(receiver: Receiver<Event>): void {
    this.#receivers = this.#receivers.filter((connected) => connected !== receiver)
  }

  async send(event: Event): Promise<void> {
    for (const receiver of this.#receivers) await receiver(event)
  }

  /** Like `send`, but an error stops nobody; returns the errors, in order. Django's `send_robust`. */
  async sendRobust(event: Event): Promise<unknown[]> {
    const errors: unknown[] = []
    for (const receiver of this.#receivers) {
      try {
        await receiver(event)
      } catch (error) {
        errors.push(error)
      }
    }
    return errors
  }

  /** Calls the receivers where nothing can be awaited: what an asynchronous one does later is its own affair. */
  sendNow(event: Event): void {
    for (const receiver of this.#receivers) void receiver(event)
  }
}
