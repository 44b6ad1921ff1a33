import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { Mailbox } from './mailbox.ts'

const project = resolve(import.meta.dirname, '../..')

/**
 * The project as `npm run manage -- serve` runs it: a process of its own, a fresh database with the demo. Debug is off, unless
 * asked for: with it the demo account may log in and pictures are served.
 */
export class ServedSite implements AsyncDisposable {
  readonly url: URL
  readonly mails: Mailbox
  readonly #server: ChildProcess
  readonly #folder: string
  readonly #environment: NodeJS.ProcessEnv

  private constructor(url: URL, server: ChildProcess, folder: string, environment: NodeJS.ProcessEnv) {
    this.url = url
    this.mails = new Mailbox(join(folder, 'mails'))
    this.#server = server
    this.#folder = folder
    this.#environment = environment
  }

  static async start({ debug = false } = {}): Promise<ServedSite> {
    const folder = await mkdtemp(join(tmpdir(), 'starter-project-'))
    const environment = {
      ...process.env,
      NODE_ENV: 'production',
      DEBUG: String(debug),
      SECRET_KEY: crypto.randomUUID() + crypto.randomUUID(),
      ALLOWED_HOSTS: '127.0.0.1,localhost',
      DATABASE_URL: `sqlite:${join(folder, 'site.sqlite3')}`,
      MEDIA_ROOT: join(folder, 'media'),
      MAIL_URL: `file:${join(folder, 'mails')}`,
    }
    await run(['migrate'], environment)
    await run(['loaddemo'], { ...environment, DEBUG: 'true' })
    const server = manage(['serve', '127.0.0.1:0'], environment)
    return new ServedSite(await addressOf(server), server, folder, environment)
  }

  /** The absolute address of a path of the site. */
  address(path: string): string {
    return new URL(path, this.url).href
  }

  /** Runs a command of the project beside the server. */
  manage(...args: string[]): Promise<void> {
    return run(args, this.#environment)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#server, 'exit')
    this.#server.kill('SIGTERM')
    await ended
    await rm(this.#folder, { recursive: true, force: true })
  }
}

function manage(args: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['manage.ts', ...args], {
    cwd: project,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const command = manage(args, environment)
  command.stdout!.resume()
  const [said, [code]] = await Promise.all([text(command.stderr!), once(command, 'exit')])
  if (code !== 0) throw new Error(`manage ${args.join(' ')} ended with ${code}: ${said}`)
}

/** Where the server says that it listens. */
async function addressOf(server: ChildProcess): Promise<URL> {
  const said = text(server.stderr!)
  for await (const line of createInterface(server.stdout!)) {
    const address = /http:\/\/\S+/.exec(line)?.[0]
    if (address === undefined) continue
    server.stdout!.resume()
    return new URL(address)
  }
  throw new Error(`The server ended before it said where it listens: ${await said}`)
}
