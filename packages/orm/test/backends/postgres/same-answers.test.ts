import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { closeDatabases, configureDatabases } from '../../../src/backends/registry.ts'
import { type Answer, answerText } from '../../django/answer.ts'
import type { Case } from '../../django/cases/case.ts'
import { countOn, loadData } from '../../django/load-data.ts'
import type { NeutralNode } from '../../django/neutral.ts'
import { askNuages, askNuagesAndUndo } from '../../django/nuages-side.ts'
import { topics } from '../../django/topics.ts'
import { anotherDatabase } from '../../temporary-database.ts'
import { dialectDifferences } from './dialect-differences.ts'

const timeZone = 'Europe/Paris'
const cases = Object.entries(topics).flatMap(([topic, named]) =>
  Object.entries(named).map(([name, asked]) => ({ topic, name, asked })),
)

async function answers(asked: Case): Promise<Answer[]> {
  if (Array.isArray(asked)) return askNuagesAndUndo(asked as readonly NeutralNode[], timeZone)
  return [await askNuages('refused' in asked ? asked.refused : (asked as NeutralNode), timeZone)]
}

/**
 * Rows in any order, since NULL and letters stand elsewhere in an order of PostgreSQL; numbers that were computed to twelve
 * digits, since their last one depends on the order of rows and on the library.
 */
function text(answer: Answer): string {
  return answerText(answer, false).replaceAll(/-?\d+\.\d{6,}(?:e[+-]?\d+)?/g, (number) =>
    String(Number(Number(number).toPrecision(12))),
  )
}

describe.skipIf('absent' in inject('postgres'))('what is asked of Django, with the same answers as on SQLite', () => {
  const onSqlite = new Map<Case, Answer[]>()
  const dir = mkdtempSync(join(tmpdir(), 'nuages-vendors-'))

  beforeAll(async () => {
    configureDatabases({ default: `sqlite:${join(dir, 'db.sqlite3')}` })
    await loadData()
    for (const { asked } of cases) onSqlite.set(asked, await answers(asked))
    await closeDatabases()
    configureDatabases({ default: await anotherDatabase() })
    await loadData()
  })

  afterAll(async () => {
    await closeDatabases()
    rmSync(dir, { recursive: true, force: true })
  })

  test.each(cases)('$topic > $name', async ({ topic, name, asked }) => {
    const sqlite = onSqlite.get(asked)!
    if (Array.isArray(asked)) await countOn()
    const postgres = await answers(asked)
    const shown = `\nSQLite: ${how(sqlite)}\nNuages: ${how(postgres)}`
    const known = dialectDifferences[topic]?.[name]
    if (known === undefined) expect(postgres.map(text), shown).toEqual(sqlite.map(text))
    else expect(postgres.map(text), `Is this a difference still? ${known}${shown}`).not.toEqual(sqlite.map(text))
  })
})

function how(answers: readonly Answer[]): string {
  return answers.map(({ message, sql }) => [...(message ? [message] : []), ...sql].join('\n')).join('\n---\n')
}
