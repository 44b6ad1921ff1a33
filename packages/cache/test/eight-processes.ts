import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Cache } from '../src/index.ts'
import type { WorkerOrder, WorkerReport } from './worker.ts'

const rounds = 10

/** Eight processes that do the same to one cache at once. */
export class EightProcesses {
  readonly #workers: readonly ChildProcess[] = Array.from({ length: 8 }, () =>
    fork(join(import.meta.dirname, 'worker.ts')),
  )

  /** Nothing is lost, and what one may do, one does. `cache` is the one that `url` opens. */
  async expectSound(
    cache: Cache,
    url: string,
    options: { baseDir?: string; databaseUrl?: string } = {},
  ): Promise<void> {
    await cache.clear()
    await cache.setMany({ n: 0, computations: 0, list: [] }, { timeout: null })
    const { baseDir = import.meta.dirname, databaseUrl } = options
    await this.#all({ order: 'open', url, baseDir, databaseUrl })
    const reports = (await this.#all({ order: 'go', rounds })) as WorkerReport[]
    await this.#all({ order: 'close' })
    expect(reports.filter(({ added }) => added)).toHaveLength(1)
    expect(await cache.get('computations')).toBe(1)
    expect(new Set(reports.map(({ computed }) => computed)).size).toBe(1)
    expect(await cache.get('n')).toBe(8 * rounds * 3)
    const list = (await cache.get<string[]>('list'))!
    expect(new Set(list).size).toBe(8 * rounds)
    expect(list).toHaveLength(8 * rounds)
  }

  stop(): void {
    for (const worker of this.#workers) worker.kill('SIGKILL')
  }

  #all(order: WorkerOrder): Promise<unknown[]> {
    return Promise.all(this.#workers.map((worker) => answered(worker, order)))
  }
}

async function answered(worker: ChildProcess, order: WorkerOrder): Promise<unknown> {
  const answer = once(worker, 'message') as Promise<[{ done?: unknown; failed?: string }]>
  worker.send(order)
  const [{ done, failed }] = await answer
  if (failed !== undefined) throw new Error(`A worker failed: ${failed}`)
  return done
}
