import { hash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CacheScript } from '../../cache-contract.ts'
import type { CacheStore, StoredChange } from '../cache-store.ts'
import type { RedisClient, RedisConnection } from './redis-connection.ts'
import { incrScript, persistScript, swapScript } from './redis-scripts.ts'

/** How many keys are looked at, and deleted, in one step. */
const atOnce = 1000

/** Entries on a Redis server, 6 or newer, or what speaks as it does. Django's `RedisCache`, without pickle. */
export class RedisStore implements CacheStore {
  readonly isShared = true
  readonly #connection: RedisConnection

  constructor(connection: RedisConnection) {
    this.#connection = connection
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#connection.run((client) => client.get(key))) ?? undefined
  }

  async getMany(keys: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for (let at = 0; at < keys.length; at += atOnce) {
      const batch = keys.slice(at, at + atOnce)
      const texts = await this.#connection.run((client) => client.mGet(batch))
      for (const [index, text] of texts.entries()) if (text !== null) found.set(batch[index]!, text)
    }
    return found
  }

  async set(key: string, text: string, lifetime: number | null): Promise<void> {
    await this.#connection.run((client) => client.set(key, text, endOf(lifetime)))
  }

  async setMany(entries: ReadonlyMap<string, string>, lifetime: number | null): Promise<void> {
    await this.#connection.run((client) => {
      const all = client.multi()
      for (const [key, text] of entries) all.set(key, text, endOf(lifetime))
      return all.exec()
    })
  }

  async add(key: string, text: string, lifetime: number | null): Promise<boolean> {
    const options = { ...endOf(lifetime), condition: 'NX' as const }
    return (await this.#connection.run((client) => client.set(key, text, options))) !== null
  }

  async update(key: string, change: (text: string | undefined) => StoredChange): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const before = await this.get(key)
      const { text, lifetime } = change(before)
      const how = text === undefined ? 'delete' : lifetime === null ? 'forever' : lifetime === 'keep' ? 'keep' : 'end'
      const args = [
        before === undefined ? '0' : '1',
        before ?? '',
        how,
        text ?? '',
        typeof lifetime === 'number' ? lifetime : 0,
      ]
      if ((await this.runScript(swapScript, [key], args)) === 1) return
      // Somebody was quicker, and so may the next one be.
      await sleep(Math.random() * Math.min(50, 2 ** Math.min(attempt, 6)))
    }
  }

  async incr(key: string, delta: bigint): Promise<string | undefined> {
    const sum = await this.runScript(incrScript, [key], [String(delta)])
    return sum === null ? undefined : String(sum)
  }

  async touch(key: string, lifetime: number | null): Promise<boolean> {
    if (lifetime === null) return (await this.runScript(persistScript, [key], [])) === 1
    return (await this.#connection.run((client) => client.pExpire(key, lifetime))) === 1
  }

  async has(key: string): Promise<boolean> {
    return (await this.#connection.run((client) => client.exists(key))) === 1
  }

  async delete(keys: readonly string[]): Promise<number> {
    let deleted = 0
    for (let at = 0; at < keys.length; at += atOnce) {
      deleted += await this.#connection.run((client) => client.unlink(keys.slice(at, at + atOnce)))
    }
    return deleted
  }

  /** What begins with the cache's prefix, and nothing else of the database: others may keep things there. */
  async clear(start: string): Promise<void> {
    const pattern = `${start.replaceAll(/[*?[\]\\]/g, '\\$&')}*`
    let cursor = '0'
    do {
      const step = cursor
      const found = await this.#connection.run((client) => client.scan(step, { MATCH: pattern, COUNT: atOnce }))
      if (found.keys.length > 0) await this.delete(found.keys)
      cursor = String(found.cursor)
    } while (cursor !== '0')
  }

  async remaining(keys: readonly string[]): Promise<(number | null | undefined)[]> {
    const left: (number | null | undefined)[] = []
    for (let at = 0; at < keys.length; at += atOnce) {
      const answers = await this.#connection.run((client) => {
        const all = client.multi()
        for (const key of keys.slice(at, at + atOnce)) all.pTTL(key)
        return all.exec()
      })
      // Redis says -2 where there is none, -1 for ever.
      for (const answer of answers.map(Number)) left.push(answer === -2 ? undefined : answer === -1 ? null : answer)
    }
    return left
  }

  async close(): Promise<void> {
    await this.#connection.close()
  }

  readonly runScript = (
    script: CacheScript,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> => {
    const given = { keys: [...keys], arguments: args.map(String) }
    return this.#connection.run((client) => evaluated(client, script.source, given))
  }
}

/** By the script's hash, which the server knows from the second time on. */
async function evaluated(
  client: RedisClient,
  source: string,
  given: { readonly keys: string[]; readonly arguments: string[] },
): Promise<unknown> {
  try {
    return await client.evalSha(hash('sha1', source, 'hex'), given)
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
    return client.eval(source, given)
  }
}

function endOf(lifetime: number | null): { expiration?: { type: 'PX'; value: number } } {
  return lifetime === null ? {} : { expiration: { type: 'PX', value: lifetime } }
}
