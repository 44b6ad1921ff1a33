import type { Message } from './message.ts'

/**
 * The messages for a visitor, oldest first. Going over them shows them: they are not kept for the next page. Asking how many
 * there are does not.
 */
export class MessageList extends Set<Message> {
  readonly #shown = new Set<Message>()

  /** All of them, without showing them. */
  get everything(): readonly Message[] {
    return [...super.values()]
  }

  /** Those that were not gone over. */
  get unshown(): readonly Message[] {
    return this.everything.filter((message) => !this.#shown.has(message))
  }

  /** Whether somebody has gone over any of them. */
  get isShown(): boolean {
    return this.#shown.size > 0
  }

  override values(): SetIterator<Message> {
    for (const message of super.values()) this.#shown.add(message)
    return super.values()
  }

  override [Symbol.iterator](): SetIterator<Message> {
    return this.values()
  }
}
