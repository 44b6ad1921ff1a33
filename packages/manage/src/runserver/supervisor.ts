import { type ChildProcess, fork } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { CommandOutput } from '@nuages/core'
import { failurePage } from './failure-page.ts'
import { type WorkerMessage, workerVariable } from './messages.ts'

/** An `import` would load all that `node:http` exports, an HTTP client among it, before the port is open. */
const { createServer: createHttpServer } = process.getBuiltinModule('node:http')

type WorkerState = 'starting' | 'ready' | 'failed'

export interface SupervisorOptions {
  readonly host: string
  readonly port: number
  /** The module and arguments a worker runs. */
  readonly modulePath: string
  readonly args: readonly string[]
  readonly stdout: CommandOutput
  readonly stderr: CommandOutput
  /** Called whenever a worker has begun to serve. */
  readonly onReady?: (message: WorkerMessage) => void
}

/** How much of a worker's last words are kept for the failure page. */
const keptOutput = 64 * 1024
const stopTimeoutMs = 3_000

/**
 * Owns the port of `runserver` and the process that serves it. It accepts connections and hands each to the worker, so
 * that the port never closes: while a new worker starts, connections wait; while none can start, a page says why.
 */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #listener: Server
  readonly #failures = createHttpServer((_request, response) => {
    response.writeHead(500, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      Connection: 'close',
    })
    response.end(failurePage(this.#output))
  })
  readonly #waiting = new Set<Socket>()
  #worker: ChildProcess | undefined
  #state: WorkerState = 'starting'
  #output = ''

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#listener = createServer({ pauseOnConnect: true }, (socket) => this.#dispatch(socket))
  }

  /** The port in use: the one asked for, or the one the system chose for 0. */
  get port(): number {
    const address = this.#listener.address()
    return typeof address === 'object' && address !== null ? address.port : this.#options.port
  }

  /** Listens and starts the first worker. Throws when the address cannot be had. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#listener.once('error', reject)
      this.#listener.listen(this.#options.port, this.#options.host, resolve)
    })
    this.#spawn()
  }

  /** Replaces the worker. The old one finishes what it has begun; new connections wait for the new one. */
  restart(): void {
    const old = this.#worker
    this.#spawn()
    if (old) stopWorker(old)
  }

  async stop(): Promise<void> {
    this.#listener.close()
    for (const socket of this.#waiting) socket.destroy()
    this.#failures.closeAllConnections()
    const worker = this.#worker
    this.#worker = undefined
    if (worker && worker.exitCode === null && worker.signalCode === null) {
      const exited = new Promise((resolve) => worker.once('exit', resolve))
      stopWorker(worker)
      await exited
    }
  }

  #spawn(): void {
    const { modulePath, args } = this.#options
    this.#state = 'starting'
    this.#output = ''
    const worker = fork(modulePath, args, {
      env: { ...process.env, ...compileCache(), [workerVariable]: '1', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#worker = worker
    worker.stdout!.on('data', (chunk: Buffer) => this.#options.stdout.write(chunk.toString()))
    worker.stderr!.on('data', (chunk: Buffer) => {
      this.#options.stderr.write(chunk.toString())
      if (worker === this.#worker)
        this.#output = (this.#output + stripVTControlCharacters(chunk.toString())).slice(-keptOutput)
    })
    worker.on('message', (message: WorkerMessage) => {
      if (worker !== this.#worker) return
      this.#options.onReady?.(message)
      this.#become('ready')
    })
    // 'close' comes after the last of stderr, so the failure page has all of it.
    worker.on('close', () => {
      if (worker === this.#worker) this.#become('failed')
    })
  }

  #become(state: WorkerState): void {
    this.#state = state
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const socket of waiting) this.#dispatch(socket)
  }

  #dispatch(socket: Socket): void {
    if (this.#state === 'ready' && this.#worker?.connected) {
      this.#worker.send({ type: 'connection' }, socket, { keepOpen: false }, (error) => {
        if (error) socket.destroy()
      })
    } else if (this.#state === 'failed') {
      this.#failures.emit('connection', socket)
      socket.resume()
    } else {
      this.#waiting.add(socket)
      socket.once('close', () => this.#waiting.delete(socket))
    }
  }
}

/** A worker that looks for what is compiled from its first file on starts without what strips types. */
function compileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir()
  // It is that of this version of Node, below the one that Node is told.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) }
}

function stopWorker(worker: ChildProcess): void {
  if (worker.connected) worker.send({ type: 'stop' }, () => undefined)
  else worker.kill('SIGTERM')
  const timer = setTimeout(() => worker.kill('SIGKILL'), stopTimeoutMs)
  worker.once('exit', () => clearTimeout(timer))
}
