import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { type Answer, carriedBy } from './answer.ts'
import type { NeutralNode } from './neutral.ts'

/** Debian's Python, for which its package python3-django is installed; another may stand before it in the path. */
const python = '/usr/bin/python3'

/** Whether Django is missing; never said where CI runs, so that its tests fail there rather than be skipped. */
export const withoutDjango = process.env.CI !== 'true' && spawnSync(python, ['-c', 'import django']).status !== 0

export interface Asking {
  readonly timeZone: string
  /** All that the queries write is undone. */
  readonly undo?: boolean
  /** Django without two faults of its own: see `known-differences.ts`. */
  readonly mended?: boolean
}

/** A process in which Django answers queries on a SQLite file, one line of JSON for another. */
export class DjangoSide {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>
  readonly #lines: AsyncIterator<string>
  readonly #reader: Interface

  constructor(databasePath: string) {
    const script = join(import.meta.dirname, 'django_side.py')
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' }
    this.#process = spawn(python, [script, databasePath], { stdio: ['pipe', 'pipe', 'inherit'], env })
    // Without Python there is no line to read, which `ask` tells.
    this.#process.once('error', () => {})
    this.#reader = createInterface({ input: this.#process.stdout })
    this.#lines = this.#reader[Symbol.asyncIterator]()
  }

  async ask(queries: readonly NeutralNode[], asking: Asking): Promise<Answer[]> {
    const sent = queries.map(({ $, args, calls }, index) => ({ $, args, calls, carried: carriedBy(queries[index]!) }))
    this.#process.stdin.write(`${JSON.stringify({ ...asking, queries: sent })}\n`)
    const { value, done } = await this.#lines.next()
    if (done) throw new Error('The process in which Django answers has ended: is python3-django installed?')
    return JSON.parse(value) as Answer[]
  }

  close(): void {
    this.#reader.close()
    this.#process.kill()
  }
}
