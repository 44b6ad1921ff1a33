import { contenders } from './contenders.ts'
import { taskNames } from './library.ts'
import { geometricMean, type OrmResult, postgresBench, sqliteBench } from './orm-bench.ts'
import type { Clock } from './worker.ts'

export interface PrintOptions {
  readonly rounds: number
  /** Shorter slices, for a first look. */
  readonly quick: boolean
  readonly clock: Clock
  /** Parts of the names of tasks, contenders and databases: these alone. */
  readonly only: readonly string[]
}

/** Measures and prints a Markdown table for each database. */
export async function printOrmBench({ rounds, quick, clock, only }: PrintOptions): Promise<void> {
  const chosen = <T extends string>(names: readonly T[]): readonly T[] => {
    const found = names.filter((name) => only.some((part) => name === part || (part.length > 3 && name.includes(part))))
    return found.length > 0 ? found : names
  }
  const duration = quick ? 40 : 150
  for (const vendor of chosen(['sqlite', 'postgresql'] as const)) {
    const names = chosen(Object.keys(contenders[vendor]))
    const options = { rounds, duration, clock, tasks: chosen(taskNames), names }
    if (vendor === 'sqlite') printTable('SQLite: speed as a ratio to better-sqlite3', await sqliteBench(options))
    else printTable('PostgreSQL: speed as a ratio to pg', await postgresBench(options))
  }
}

function printTable(title: string, results: readonly OrmResult[]): void {
  const names = [...new Set(results.flatMap(({ ratios }) => [...ratios.keys()]))].filter((name) => name !== 'raw')
  console.log(`\n${title}`)
  console.log(`| task | ${names.join(' | ')} | raw, µs |\n| --- |${' --: |'.repeat(names.length + 1)}`)
  for (const { task, raw, ratios } of results) {
    const cells = names.map((name) => shown(ratios.get(name)))
    console.log(`| ${task} | ${cells.join(' | ')} | ${raw < 100 ? raw.toFixed(1) : Math.round(raw)} |`)
  }
  const means = names.map((name) => {
    const own = results.flatMap(({ ratios }) => ratios.get(name) ?? [])
    return `${shown(geometricMean(own))}${own.length < results.length ? ` (of ${own.length})` : ''}`
  })
  console.log(`| geometric mean | ${means.join(' | ')} | |`)
}

function shown(ratio: number | undefined): string {
  return ratio === undefined ? '–' : ratio.toFixed(2)
}
