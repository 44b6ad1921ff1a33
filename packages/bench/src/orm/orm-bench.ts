import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from '../http/load.ts'
import { ContenderProcess } from './contender-process.ts'
import type { contenders } from './contenders.ts'
import type { Library, TaskName } from './library.ts'
import { postgresLibrary } from './postgres-library.ts'
import { shownWritten } from './shown.ts'
import { sqliteLibrary } from './sqlite-library.ts'
import type { Clock } from './worker.ts'

export interface OrmOptions {
  readonly rounds: number
  /** How long a contender works for one figure, in milliseconds. */
  readonly duration: number
  readonly clock: Clock
  readonly tasks: readonly TaskName[]
  /** The contenders; raw is always among them. */
  readonly names: readonly string[]
}

/** A task's figures: raw's in microseconds, and of each contender its speed as a ratio to raw's; the medians of the rounds. */
export interface OrmResult {
  readonly task: TaskName
  readonly raw: number
  readonly ratios: ReadonlyMap<string, number>
}

export async function sqliteBench(options: OrmOptions): Promise<OrmResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nuages-bench-'))
  const file = join(folder, 'library.sqlite3')
  try {
    return await ormBench('sqlite', file, sqliteLibrary(file), options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function postgresBench(options: OrmOptions): Promise<OrmResult[]> {
  const library = await postgresLibrary()
  return ormBench('postgresql', library.url, library, options)
}

async function ormBench(
  vendor: keyof typeof contenders,
  target: string,
  library: Library,
  options: OrmOptions,
): Promise<OrmResult[]> {
  const { tasks, names } = options
  const processes: ContenderProcess[] = []
  try {
    for (const name of new Set(['raw', ...names])) processes.push(await ContenderProcess.start(vendor, name, target))
    for (const task of tasks) await assertSameData(task, processes, library)
    const results: OrmResult[] = []
    for (const task of tasks) results.push(await measureTask(task, processes, library, options))
    return results
  } finally {
    for (const started of processes) started.stop()
    await library.close()
  }
}

const checkedTurns = [1, 22, 333]

/** Every contender must give, and write, what raw does. */
async function assertSameData(task: TaskName, processes: readonly ContenderProcess[], library: Library): Promise<void> {
  let expected: string | undefined
  for (const contender of processes) {
    const results: unknown[] = []
    for (const turn of checkedTurns) results.push(await contender.ask({ type: 'check', task, turn }))
    const written = await library.written()
    await library.restore(true)
    if (results[0] === undefined) continue
    const actual = JSON.stringify([results, shownWritten(written)])
    expected ??= actual
    if (actual !== expected) throw new Error(difference(task, contender.name, actual, expected))
  }
}

function difference(task: TaskName, name: string, actual: string, expected: string): string {
  let at = 0
  while (actual[at] === expected[at]) at += 1
  const near = (text: string): string => text.slice(Math.max(0, at - 200), at + 100)
  return `${task}: ${name} differs from raw.\n${name}: … ${near(actual)} …\nraw: … ${near(expected)} …`
}

/** All contenders in turn, round by round, so that a machine that slows down slows them all. The first rounds warm up. */
async function measureTask(
  task: TaskName,
  processes: readonly ContenderProcess[],
  library: Library,
  { rounds, duration, clock }: OrmOptions,
): Promise<OrmResult> {
  const times = new Map<string, number[]>(processes.map(({ name }) => [name, []]))
  for (let round = -2; round < rounds; round += 1) {
    for (const contender of processes) {
      const time = await contender.ask({ type: 'measure', task, duration, clock })
      await library.restore(false)
      if (round >= 0 && time !== undefined) times.get(contender.name)!.push(time as number)
    }
  }
  const raw = times.get('raw')!
  const ratios = new Map<string, number>()
  for (const [name, own] of times) {
    if (own.length > 0) ratios.set(name, median(own.map((time, round) => raw[round]! / time)))
  }
  return { task, raw: median(raw), ratios }
}

export function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length)
}
