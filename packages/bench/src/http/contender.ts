import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A server under measurement, in a process of its own. */
export interface Contender {
  readonly name: string
  readonly url: string
  stop(): Promise<void>
}

/** Starts a server script with the database file and waits for the port it prints. */
export async function startContender(name: string, file: string): Promise<Contender> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, `${name}-server.ts`), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const port = await Promise.race([
    once(child.stdout!, 'data').then(([chunk]) => Number.parseInt(String(chunk), 10)),
    once(child, 'exit').then(() => Number.NaN),
  ])
  if (Number.isNaN(port)) throw new Error(`The ${name} server ended before it listened.`)
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 2_000)
      await exited
      clearTimeout(timer)
    },
  }
}
