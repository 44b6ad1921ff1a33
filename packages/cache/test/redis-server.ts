import { createClient } from 'redis'

const url = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'

/** The URL of a database of its own on the Redis server of the tests, or why there is none: in CI that is a failure. */
export async function redisDatabase(number: number): Promise<{ readonly url: string } | { readonly absent: string }> {
  const client = createClient({ url, socket: { connectTimeout: 2000, reconnectStrategy: false } })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.close()
    return { url: new URL(`/${number}`, url).href }
  } catch (error) {
    const absent = `There is no Redis at ${url}: ${error instanceof Error ? error.message : String(error)}`
    if (process.env['CI'] === 'true') throw new Error(absent, { cause: error })
    return { absent }
  }
}
