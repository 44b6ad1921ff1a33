/** Conditions as `filter` takes them: paths and their values. */
export type Conditions = Readonly<Record<string, unknown>>

/**
 * Conditions joined by and, or and not. `W` is the union of all the conditions in it, checked against the model where it
 * is used.
 */
export class Condition<W = unknown> {
  declare readonly conditions: W
  readonly connector: 'AND' | 'OR'
  readonly negated: boolean
  readonly children: readonly (Condition | Conditions)[]

  constructor(connector: 'AND' | 'OR', children: readonly (Condition | Conditions)[], negated = false) {
    this.connector = connector
    this.children = children
    this.negated = negated
  }

  and<const V extends object>(other: Condition<V> | V): Condition<W | V> {
    return this.#combine('AND', other)
  }

  or<const V extends object>(other: Condition<V> | V): Condition<W | V> {
    return this.#combine('OR', other)
  }

  not(): Condition<W> {
    return new Condition<W>(this.connector, this.children, !this.negated)
  }

  #combine<V extends object>(connector: 'AND' | 'OR', other: Condition<V> | V): Condition<W | V> {
    const flat = this.connector === connector && !this.negated
    return new Condition(connector, [...(flat ? this.children : [this]), other as Conditions])
  }
}

/** The type of `Q(…)`. */
export type Q<W = unknown> = Condition<W>

/** Conditions that can be joined: `Q({ isDraft: false }).or({ author: me })`, `Q({ … }).not()`. Django's `Q`. */
export function Q<const W extends object>(conditions: W): Q<W> {
  return new Condition<W>('AND', [conditions as Conditions])
}
