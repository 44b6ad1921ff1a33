import type { RedisClientOptions } from 'redis'
import type { CacheAddress } from '../../cache-address.ts'
import { RedisConnection } from './redis-connection.ts'

/**
 * The connection that a URL names: `redis://user:password@host:6379/0`, `rediss://` over TLS, `redis+unix:/run/redis.sock?db=0`.
 * Nothing is opened yet. Throws `ImproperlyConfigured` where it cannot be read.
 */
export function redisConnection(address: CacheAddress): RedisConnection {
  const patience = address.number('patience', 5, 0.001) * 1000
  const { alias } = address
  if (address.scheme === 'redis+unix') {
    const database = address.number('db', 0)
    const place = `${address.location}, database ${database}`
    return new RedisConnection({
      alias,
      place,
      patience,
      client: { socket: { path: address.location, tls: false }, database },
    })
  }
  if (!URL.canParse(address.url)) throw address.problem("it takes an address such as 'redis://127.0.0.1:6379/0'")
  const url = new URL(address.url)
  const database = Number(url.pathname.replace('/', '') || 0)
  if (!Number.isSafeInteger(database) || url.hostname === '') {
    throw address.problem("it takes a host and the number of a database, such as 'redis://127.0.0.1:6379/0'")
  }
  const port = Number(url.port || 6379)
  return new RedisConnection({
    alias,
    patience,
    place: `${url.hostname}:${port}/${database}`,
    client: { socket: socketOf(url, port), database, ...credentials(url) },
  })
}

function socketOf(url: URL, port: number): NonNullable<RedisClientOptions['socket']> {
  // An IPv6 address stands in brackets in a URL alone.
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return url.protocol === 'rediss:' ? { host, port, tls: true } : { host, port }
}

function credentials({ username, password }: URL): { username?: string; password?: string } {
  return {
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
  }
}
