import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Environ } from '../contract.ts'
import type { CompleteCgiHostOptions } from './cgi-host-options.ts'
import { CgiProgramError } from './cgi-program-error.ts'
import type { FoundProgram } from './find-program.ts'
import { logErrors } from './log-errors.ts'

/** How long the end of a program is waited for once it has closed its output. */
const goodbyeMs = 1_000

/** A program that runs for one request: gets the request's body, and gives its output as it comes. */
export class CgiProcess {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #options: CompleteCgiHostOptions
  readonly #output: AsyncIterator<Buffer>
  readonly #ended: Promise<void>
  readonly #signal: AbortSignal
  readonly #stopListening: () => void
  #lastActivity = performance.now()
  /** What went wrong outside of the output: the program could not be started, or the request broke off. */
  #failure: unknown
  #isOver = false
  #isStopping = false

  constructor(
    environ: Environ,
    program: FoundProgram,
    environment: Record<string, string>,
    options: CompleteCgiHostOptions,
  ) {
    this.#options = options
    // No shell, and no arguments made of the query (CVE-2012-1823). A group of its own, so that what it starts ends with it.
    this.#child = spawn(program.file, [], {
      cwd: dirname(program.file),
      env: environment,
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    this.#ended = new Promise((resolve) => {
      const end = (): void => {
        this.#isOver = true
        resolve()
      }
      this.#child.once('exit', end)
      this.#child.once('error', (error) => {
        this.#failure ??= error
        end()
      })
    })
    this.#output = this.#child.stdout[Symbol.asyncIterator]()
    logErrors(this.#child.stderr, program.path, environ['gateway.errors'])
    this.#signal = environ['gateway.signal']
    const onAbort = (): void => this.stop()
    this.#signal.addEventListener('abort', onAbort, { once: true })
    this.#stopListening = () => this.#signal.removeEventListener('abort', onAbort)
    if (this.#signal.aborted) this.stop()
    void this.#feed(environ)
  }

  /** Resolves when the program has ended. */
  get ended(): Promise<void> {
    return this.#ended
  }

  /**
   * The next piece of output, nothing at its end. Throws `CgiProgramError` for a program that keeps silent too long, cannot
   * be started or dies, and what `gateway.input` threw where the request's body broke off.
   */
  async read(): Promise<Buffer | undefined> {
    this.#lastActivity = performance.now()
    const next = this.#output.next()
    next.catch(() => {})
    const timedOut = new AbortController()
    try {
      const result = await Promise.race([next, this.#silence(timedOut.signal)])
      if (!result.done) return result.value
    } catch (error) {
      this.#failure ??= error
    } finally {
      timedOut.abort()
    }
    await this.#sayGoodbye()
    return undefined
  }

  /** Asks the program to end, and kills it when it does not. */
  stop(): void {
    this.#stopListening()
    if (this.#isOver || this.#isStopping) return
    this.#isStopping = true
    this.#kill('SIGTERM')
    const killer = setTimeout(() => this.#kill('SIGKILL'), this.#options.killAfterMs)
    void this.#ended.then(() => {
      clearTimeout(killer)
      // What it started and left behind.
      this.#kill('SIGKILL')
    })
    this.#child.stdout.destroy()
    this.#child.stdin.destroy()
  }

  async #feed(environ: Environ): Promise<void> {
    const { stdin } = this.#child
    // A program need not read what it is sent.
    stdin.on('error', () => {})
    try {
      if (Number(environ.CONTENT_LENGTH ?? 0) > 0) {
        for await (const chunk of environ['gateway.input']) {
          this.#lastActivity = performance.now()
          if (stdin.destroyed || this.#isOver) break
          if (!stdin.write(chunk)) await writable(stdin)
        }
      }
      stdin.end()
    } catch (error) {
      this.#failure ??= error
      this.stop()
    }
  }

  async #silence(signal: AbortSignal): Promise<never> {
    const { timeoutMs } = this.#options
    for (;;) {
      const left = this.#lastActivity + timeoutMs - performance.now()
      if (left <= 0) break
      await sleep(left, undefined, { signal }).catch(() => {})
      if (signal.aborted) return new Promise(() => {})
    }
    const error = new CgiProgramError(`it kept silent for ${timeoutMs} ms and was ended`, 504)
    this.#failure ??= error
    this.stop()
    throw error
  }

  /** The output is at its end: so should be the program. */
  async #sayGoodbye(): Promise<void> {
    this.#stopListening()
    if (this.#failure === undefined) await Promise.race([this.#ended, sleep(goodbyeMs, undefined, { ref: false })])
    const { signalCode, exitCode } = this.#child
    if (!this.#isOver) {
      // It goes on without a word; not for ever.
      setTimeout(() => this.stop(), this.#options.timeoutMs).unref()
    }
    // That the output broke off is then no news.
    if (this.#signal.aborted) throw this.#signal.reason
    if (this.#failure !== undefined) throw explained(this.#failure)
    if (signalCode !== null) throw new CgiProgramError(`it was ended by ${signalCode}`)
    if (exitCode) throw new CgiProgramError(`it ended with the code ${exitCode}`, 502, { exitCode })
  }

  #kill(signal: NodeJS.Signals): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      if (process.platform === 'win32') this.#child.kill(signal)
      else process.kill(-pid, signal)
    } catch {
      // nobody of the group is left
    }
  }
}

/** Resolves when a stream takes more, or nothing any more: that a program closes its input is no failure. */
function writable(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    if (stream.closed) return resolve()
    stream.on('drain', done)
    stream.on('close', done)
  })
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'the interpreter that its first line names is not there',
  EACCES: 'it may not be run: look at its permissions, and at those of the interpreter that its first line names',
}

function explained(error: unknown): unknown {
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException
  if (!syscall.startsWith('spawn')) return error
  return new CgiProgramError(`it cannot be started: ${reasons[code] ?? (error as Error).message}`, 502, {
    cause: error,
  })
}
