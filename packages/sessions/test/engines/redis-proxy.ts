import { connect, createServer, type Socket } from 'node:net'
import { redisUrl } from './redis.ts'

/** A way to the Redis of the tests that can be cut. */
export interface RedisProxy {
  readonly url: string
  cut(): Promise<void>
}

/** `undefined` where there is no Redis. */
export async function redisProxy(): Promise<RedisProxy | undefined> {
  const target = await redisUrl()
  if (target === undefined) return undefined
  const { hostname, port, pathname, search } = new URL(target)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const onward = connect(Number(port || 6379), hostname)
    for (const one of [socket, onward]) {
      sockets.add(one)
      one.on('error', () => {}).once('close', () => sockets.delete(one))
    }
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as { port: number }
  return {
    url: `redis://127.0.0.1:${address.port}${pathname}${search}&patience=0.5`,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
