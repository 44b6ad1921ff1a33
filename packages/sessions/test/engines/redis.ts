import { connect } from 'node:net'

const address = new URL(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379')

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(address.port || 6379), address.hostname)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** The URL of a Redis for tests, its keys apart from those of other runs; none where no Redis answers, which is an error in CI. */
export async function redisUrl(): Promise<string | undefined> {
  if (await answers()) return `redis://${address.host}/10?prefix=sessions-${process.pid}`
  if (process.env['CI'] === 'true') throw new Error(`No Redis answers at ${address.host}.`)
  console.warn(`No Redis answers at ${address.host}: sessions on Redis are not tested.`)
  return undefined
}
