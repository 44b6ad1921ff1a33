import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateHistory } from './generated-history.ts'
import { writeDjangoProject } from './write-django-project.ts'
import { writeNuagesProject } from './write-nuages-project.ts'

export interface MigrationsFigure {
  readonly task: string
  /** Django's time over ours: 2 is twice as fast. */
  readonly ratio: number
  /** Of the whole command, in milliseconds: the median of the rounds. */
  readonly nuages: number
  readonly django: number
}

/** Where Debian's `python3-django` is; another Python does not see it. */
const python = '/usr/bin/python3'

const apps = 10
const models = 6
const migrations = 30

/** `manage` commands as people run them, start-up included: a history of 300 migrations of 60 models, on a SQLite file. */
export function migrationsBench({ rounds }: { readonly rounds: number }): MigrationsFigure[] {
  const dir = mkdtempSync(join(tmpdir(), 'nuages-bench-migrations-'))
  try {
    const history = generateHistory(apps, models, migrations)
    const contenders = { nuages: join(dir, 'nuages'), django: join(dir, 'django') }
    writeNuagesProject(contenders.nuages, history, join(contenders.nuages, 'db.sqlite3'))
    writeDjangoProject(contenders.django, history, join(contenders.django, 'db.sqlite3'))
    const run = {
      nuages: (...words: string[]) => timed(process.execPath, ['manage.ts', ...words], contenders.nuages),
      django: (...words: string[]) => timed(python, ['manage.py', ...words], contenders.django),
    }
    const times = new Map<string, { nuages: number[]; django: number[] }>()
    for (let round = 0; round <= rounds; round++) {
      for (const contender of ['nuages', 'django'] as const) {
        for (const file of ['db.sqlite3', 'db.sqlite3-wal', 'db.sqlite3-shm']) {
          const path = join(contenders[contender], file)
          if (existsSync(path)) rmSync(path)
        }
        for (const [task, words] of tasks) {
          const time = run[contender](...words)
          // The first round compiles: Python its bytecode, Node what strips types.
          if (round === 0) continue
          if (!times.has(task)) times.set(task, { nuages: [], django: [] })
          times.get(task)![contender].push(time)
        }
      }
    }
    return [...times].map(([task, { nuages, django }]) => ({
      task,
      ratio: median(django.map((time, round) => time / nuages[round]!)),
      nuages: median(nuages),
      django: median(django),
    }))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const tasks: readonly (readonly [task: string, words: readonly string[]])[] = [
  ['migrate, from nothing', ['migrate']],
  ['migrate, nothing to do', ['migrate']],
  ['makemigrations --check', ['makemigrations', '--check']],
  ['showmigrations', ['showmigrations']],
]

function timed(program: string, words: readonly string[], cwd: string): number {
  const began = performance.now()
  execFileSync(program, words, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  return performance.now() - began
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
