import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { strangersEnvironment } from './packed.ts'
import { patched, type Step } from './page-steps.ts'

const run = promisify(execFile)

/** Does what a page says, in a folder of its own, with the packed packages where the page says npm. */
export class Reader {
  #folder: string
  readonly #tarballs: readonly string[]
  #server: ChildProcess | undefined
  /** Where the server that the page started says it serves. */
  origin = ''
  /** Whom `createsuperuser` makes, as they fill in the form to log in, whose first field is `username` whatever it asks for. */
  readonly account = { username: 'ada@example.com', password: 'difference-engine' } as const
  /** What that server wrote. */
  serverOutput = ''

  constructor(folder: string, tarballs: readonly string[]) {
    this.#folder = folder
    this.#tarballs = tarballs
  }

  get folder(): string {
    return this.#folder
  }

  async follow(step: Step): Promise<void> {
    if (step.kind === 'run') return this.command(step.command)
    const file = join(this.#folder, step.file)
    await mkdir(dirname(file), { recursive: true })
    if (step.kind === 'write') await writeFile(file, step.text)
    else await writeFile(file, patched(await readFile(file, 'utf8'), step.lines))
  }

  async command(command: string): Promise<void> {
    const words = command.split(' ')
    if (words[0] === 'cd') {
      this.#folder = resolve(this.#folder, words[1]!)
      return
    }
    if (command.endsWith('-- runserver')) return this.#serve()
    await this.sh(this.#asAReader(command))
  }

  /** Runs a command line as a shell would; what it printed comes back, and a failure shows it. */
  async sh(command: string): Promise<string> {
    try {
      const { stdout } = await run('sh', ['-c', command], { cwd: this.#folder, env: strangersEnvironment() })
      return stdout
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string }
      throw new Error(`\`${command}\` failed.\n${stdout}\n${stderr}`)
    }
  }

  async stop(): Promise<void> {
    if (!this.#server || this.#server.exitCode !== null) return
    const exited = once(this.#server, 'exit')
    // npm stands between; the group is what a terminal's Control-C reaches.
    process.kill(-this.#server.pid!, 'SIGINT')
    await exited
  }

  #asAReader(command: string): string {
    const creator = this.#tarballs.find((file) => file.includes('create-nuages'))!
    if (command.startsWith('npm create nuages')) {
      return command
        .replace('npm create nuages', `npm exec --yes --package=${creator} -- create-nuages`)
        .replace(' -- --template', ' --template')
    }
    // A reader is asked and answers; here there is nobody at a terminal.
    if (command.endsWith('-- createsuperuser')) {
      const { username, password } = this.account
      return `SUPERUSER_EMAIL=${username} SUPERUSER_PASSWORD=${password} ${command} --no-input`
    }
    if (command === 'npm install') return `npm install --no-audit --no-fund ${this.#tarballs.join(' ')}`
    return command
  }

  async #serve(): Promise<void> {
    const server = spawn('npm', ['run', 'manage', '--', 'runserver'], {
      cwd: this.#folder,
      env: { ...strangersEnvironment(), PORT: '0' },
      detached: true,
    })
    this.#server = server
    server.stderr!.on('data', (chunk: Buffer) => {
      this.serverOutput += chunk
    })
    while (!/http:\S+/.test(this.serverOutput)) {
      const [chunk] = await Promise.race([once(server.stdout!, 'data'), once(server, 'exit').then(() => [null])])
      if (chunk === null) throw new Error(`runserver ended:\n${this.serverOutput}`)
      this.serverOutput += chunk
    }
    server.stdout!.on('data', (chunk: Buffer) => {
      this.serverOutput += chunk
    })
    this.origin = /http:\S+/.exec(this.serverOutput)![0].replace(/\/$/, '')
  }
}
