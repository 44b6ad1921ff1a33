import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { migrate } from '../../src/migrations/index.ts'
import type { TemporaryDatabase } from '../temporary-database.ts'
import { bareApps, migrationsDir } from './migration-file.ts'
import { actualTables, rows } from './project.ts'

/** All that a migration of the tests' app changes: tables, rows, record. */
async function snapshot(): Promise<string> {
  const tables = await actualTables()
  const names = new Set((await database().tableNames()).filter((name) => name !== 'nuages_unfinished_migrations'))
  const contents: [string, unknown][] = []
  for (const name of [...names].sort()) {
    const columns = name === 'django_migrations' ? 'app, name' : '*'
    contents.push([name, await rows(`SELECT ${columns} FROM ${name} ORDER BY 1, 2`)])
  }
  const [record, others] = [
    contents.filter(([name]) => name === 'django_migrations'),
    contents.filter(([name]) => name !== 'django_migrations'),
  ]
  return JSON.stringify({ tables, others, record: record.flatMap(([, list]) => list) }, null, 1)
}

/** Deployments to be killed. Most of what one does is to load the package, so the next ones do that meanwhile. */
class Deployments {
  readonly #place: TemporaryDatabase
  readonly #waiting: ChildProcess[] = []

  constructor(place: TemporaryDatabase) {
    this.#place = place
  }

  /** Runs one up to a boundary, kills it there, and answers what it stopped before, or that it ended. */
  async killAt(name: string, boundary: number): Promise<string> {
    while (this.#waiting.length < 3) this.#waiting.push(this.#start())
    const child = this.#waiting.shift()!
    const exit = once(child, 'exit')
    const output = once(child.stdout!, 'data')
    child.stdin!.write(`${name} ${boundary}\n`)
    const [said] = (await Promise.race([output, exit.then(() => ['it died'])])) as [Buffer | string]
    child.kill('SIGKILL')
    await exit
    return String(said)
      .trim()
      .replace(/^stopped before /, '')
  }

  async end(): Promise<void> {
    for (const child of this.#waiting) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }

  #start(): ChildProcess {
    const { url, dir } = this.#place
    return spawn(
      process.execPath,
      [join(import.meta.dirname, 'killed-deployment.ts'), url, migrationsDir(dir, 'shop')],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: { ...process.env, NODE_COMPILE_CACHE: join(dir, 'compiled') },
      },
    )
  }
}

/**
 * Kills a deployment at every boundary of the way through the migrations `names`, and of the way back to the first of them. Whatever is
 * left, the next deployment makes it whole; where the migrations are atomic nothing else than whole ones is ever seen. Answers what was
 * stopped before.
 */
export async function killAtEveryBoundary(
  place: TemporaryDatabase,
  names: readonly string[],
  options: { atomic: boolean },
): Promise<string[]> {
  const go = async (name: string) => {
    await migrate({ apps: bareApps(place.dir, 'shop'), app: 'shop', name })
    return snapshot()
  }
  const states: string[] = []
  for (const name of names) states.push(await go(name))
  const [first, last] = [names[0]!, names.at(-1)!]
  expect(await go(first)).toBe(states[0])
  const stoppedBefore: string[] = []
  const deployments = new Deployments(place)
  try {
    for (const [target, from, end] of [
      [last, first, states.at(-1)],
      [first, last, states[0]],
    ] as const) {
      let stopped = ''
      for (let boundary = 1; stopped !== 'the end'; boundary++) {
        await go(from)
        stopped = await deployments.killAt(target, boundary)
        expect(['ended', 'it died']).not.toContain(stopped)
        stoppedBefore.push(stopped)
        const left = await snapshot()
        if (options.atomic) expect(states, `killed before ${stopped}`).toContain(left)
        expect(await go(target), `killed before ${stopped}, then migrated`).toBe(end)
      }
    }
  } finally {
    await deployments.end()
  }
  return stoppedBefore
}
