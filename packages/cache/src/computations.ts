import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ContextVariable } from '@nuages/foundation'
import { CacheKeyError, CacheUnavailable } from './errors.ts'
import type { CacheStore } from './stores/cache-store.ts'

export interface Computation {
  /** As the store has it, and as the caller wrote it. */
  readonly key: string
  readonly name: string
  readonly lifetime: number | null
  /** Milliseconds. */
  readonly lockTimeout: number
  readonly isValid: (text: string) => boolean
  readonly compute: () => Promise<string | undefined>
}

interface Frame {
  readonly owner: object
  readonly key: string
  readonly outer: Frame | undefined
}

const running = new ContextVariable<Frame>({ name: 'cache.computations' })

/** Milliseconds between two looks whether another process is done: more each time. */
const firstPause = 10
const longestPause = 250

/** What `getOrSet` computes: of one key, once at a time. */
export class Computations {
  readonly #store: CacheStore
  readonly #open = new Map<string, Promise<string | undefined>>()

  constructor(store: CacheStore) {
    this.#store = store
  }

  async getOrSet(computation: Computation): Promise<string | undefined> {
    const { key, name } = computation
    for (let frame = running.get(); frame !== undefined; frame = frame.outer) {
      if (frame.owner !== this || frame.key !== key) continue
      throw new CacheKeyError(`getOrSet('${name}') was called while that value is computed: it would wait for itself.`)
    }
    const waiting = this.#open.get(key)
    if (waiting !== undefined) return waiting
    const frame: Frame = { owner: this, key, outer: running.get() }
    const result = running.run(frame, () => this.#lookUp(computation)).finally(() => this.#open.delete(key))
    this.#open.set(key, result)
    return result
  }

  async #lookUp(computation: Computation): Promise<string | undefined> {
    const found = await this.#found(computation)
    if (found !== undefined) return found
    const { lifetime, lockTimeout } = computation
    const isKept = lifetime === null || lifetime > 0
    return this.#store.isShared && isKept && lockTimeout > 0 ? this.#locked(computation) : this.#computed(computation)
  }

  async #found({ key, isValid }: Computation): Promise<string | undefined> {
    const text = await this.#store.get(key)
    return text !== undefined && isValid(text) ? text : undefined
  }

  async #computed({ key, lifetime, compute }: Computation): Promise<string | undefined> {
    const text = await compute()
    if (text !== undefined && (lifetime === null || lifetime > 0)) await this.#store.set(key, text, lifetime)
    return text
  }

  /** Computes as soon as no other process does; takes what another one has kept meanwhile. */
  async #locked(computation: Computation): Promise<string | undefined> {
    const lock = `${computation.key}:__computing__`
    const token = randomUUID()
    const deadline = performance.now() + computation.lockTimeout
    for (let pause = firstPause; performance.now() < deadline; pause = Math.min(2 * pause, longestPause)) {
      if (await this.#store.add(lock, token, computation.lockTimeout)) {
        try {
          // Whoever had the lock before may have been done between our look and our lock.
          return (await this.#found(computation)) ?? (await this.#computed(computation))
        } finally {
          await this.#unlock(lock, token)
        }
      }
      // Not all at the same time: they would meet again.
      await sleep(pause * (0.5 + Math.random()))
      const found = await this.#found(computation)
      if (found !== undefined) return found
    }
    return this.#computed(computation)
  }

  /** Takes the lock away, unless it ran out and is somebody else's. */
  async #unlock(lock: string, token: string): Promise<void> {
    try {
      await this.#store.update(lock, (text) => ({ text: text === token ? undefined : text, lifetime: 'keep' }))
    } catch (error) {
      // The value is there, and the lock runs out by itself.
      if (!(error instanceof CacheUnavailable)) throw error
    }
  }
}
