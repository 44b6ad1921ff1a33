import { onTestFinished } from 'vitest'
import { type Application, type ListenTarget, type Server, type ServerOptions, serve } from '../src/index.ts'
import { RawClient } from './raw-client.ts'

export interface TestServer {
  readonly server: Server
  /** What the server wrote to its error stream. */
  readonly log: string[]
  connect(): Promise<RawClient>
}

/** A server of its own for one test, which ends with it. */
export async function startServer(
  application: Application,
  options: ServerOptions = {},
  target: ListenTarget = { port: 0 },
): Promise<TestServer> {
  const log: string[] = []
  const server = await serve(application, target, { errors: { write: (text) => log.push(text) }, ...options })
  onTestFinished(() => server.close({ timeoutMs: 0 }))
  return {
    server,
    log,
    async connect() {
      const { address } = server
      if (address === null) throw new Error('This server has no listener.')
      const client = await RawClient.connect(
        typeof address === 'string' ? { path: address } : { host: '127.0.0.1', port: address.port },
      )
      onTestFinished(() => client.close())
      return client
    },
  }
}

export const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\nHost: example.com\r\n${headers}\r\n`

/** Resolves as soon as `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}
