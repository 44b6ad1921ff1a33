import { Signal } from '@nuages/foundation'
import type { Instance } from '../models/model-class.ts'

/** What every signal of models tells: the model, as `sender`, and what belongs to the kind of signal. */
export type ModelEvent<M, Extra> = { readonly sender: M } & Extra & InstanceOf<M, Extra>

/** The row is one of the sender, but where the sender is a table of pairs. */
type InstanceOf<M, Extra> = Extra extends { readonly action: unknown }
  ? unknown
  : Extra extends { readonly instance: object }
    ? { readonly instance: M extends { readonly prototype: unknown } ? Instance<M> : object }
    : unknown

export interface ConnectOptions<M> {
  /** Hears of rows of this model alone. */
  readonly sender?: M
}

type Listener<Event> = (event: Event) => void | Promise<void>

/**
 * A signal whose senders are models. Receivers run one after the other, in the order they were connected, each awaited; an
 * error stops what was going on. With a `sender`, a receiver hears of that model alone. Django's `ModelSignal`.
 */
export class ModelSignal<Extra> {
  readonly name: string
  readonly #all: Signal<ModelEvent<object, Extra>>
  readonly #bySender = new Map<object, Signal<ModelEvent<object, Extra>>>()
  /** Whether anybody listens to any model: a plain property, since it is read for every row. */
  hasReceivers = false

  constructor(name: string) {
    this.name = name
    this.#all = new Signal(name)
  }

  /** Adds a receiver; returns the function that removes it. Connecting the same function twice has no effect. */
  connect<M extends object>(receiver: Listener<ModelEvent<M, Extra>>, options: ConnectOptions<M> = {}): () => void {
    const signal = options.sender ? this.#of(options.sender) : this.#all
    signal.connect(receiver as never)
    this.hasReceivers = true
    return () => this.disconnect(receiver, options)
  }

  disconnect<M extends object>(receiver: Listener<ModelEvent<M, Extra>>, options: ConnectOptions<M> = {}): void {
    const signal = options.sender ? this.#of(options.sender) : this.#all
    signal.disconnect(receiver as never)
    this.hasReceivers = this.#all.hasReceivers || [...this.#bySender.values()].some((each) => each.hasReceivers)
  }

  #of(sender: object): Signal<ModelEvent<object, Extra>> {
    let signal = this.#bySender.get(sender)
    if (!signal) {
      signal = new Signal(this.name)
      this.#bySender.set(sender, signal)
    }
    return signal
  }

  /** Whether anybody listens to this model. Senders ask before they build an event. */
  hears(model: object): boolean {
    return this.hasReceivers && (this.#all.hasReceivers || (this.#bySender.get(model)?.hasReceivers ?? false))
  }

  async send(event: ModelEvent<object, Extra>): Promise<void> {
    await this.#all.send(event)
    await this.#bySender.get(event.sender)?.send(event)
  }

  /** Like `send`, but goes on after an error; returns the errors. Django's `send_robust`. */
  async sendRobust(event: ModelEvent<object, Extra>): Promise<unknown[]> {
    const errors = await this.#all.sendRobust(event)
    return [...errors, ...((await this.#bySender.get(event.sender)?.sendRobust(event)) ?? [])]
  }

  /** For signals that are sent where nothing can be awaited: a receiver that returns a promise is not waited for. */
  sendNow(event: ModelEvent<object, Extra>): void {
    this.#all.sendNow(event)
    this.#bySender.get(event.sender)?.sendNow(event)
  }
}
