import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { RuntimeModel } from '../../src/index.ts'
import { loadFixtures, serialize } from '../../src/serialization/index.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { django, withoutDjango } from './django/real-django.ts'
import { everyRow, fill } from './fill.ts'
import { Article, Author, Everything, emptyTables, Lists, Summary, schema, Tag } from './models.ts'
import { database as anyDatabase } from './random-rows.ts'

const place = useTemporaryDatabase(schema)
const apps = vendor === 'postgresql' ? ['django.contrib.postgres', 'library'] : ['library']

/** What Django 3.2 has too. */
const shared: readonly RuntimeModel[] = [
  Author,
  Tag,
  Article,
  Summary,
  Everything,
  ...(vendor === 'postgresql' ? [Lists] : []),
] as never

const natural = { useNaturalForeignKeys: true, useNaturalPrimaryKeys: true }

interface Plain {
  readonly model: string
  readonly pk?: unknown
  readonly fields: Record<string, unknown>
}

/** Objects in no order; what a relation leads to in none either: Django has it in that of the other model. */
function unordered(text: string, alike: (one: Plain) => Plain = (one) => one): string[] {
  const objects = text.trimStart().startsWith('[')
    ? (JSON.parse(text) as Plain[])
    : text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Plain)
  return objects.map((one) => JSON.stringify(sortedMembers(alike(one)))).sort()
}

function sortedMembers({ model, pk, fields }: Plain): unknown {
  const entries = Object.entries(fields).map(([name, value]) => {
    const isRelation = name === 'tags' || name === 'related'
    if (model === 'library.lists' && typeof value === 'string') return [name, elements(name, value)] as const
    return [name, isRelation ? (value as unknown[]).map((one) => JSON.stringify(one)).sort() : value] as const
  })
  return [model, pk, entries.sort(([one], [other]) => (one < other ? -1 : 1))]
}

/** A list is a text; of a time in it Django writes the offset in numbers. */
function elements(name: string, text: string): readonly unknown[] {
  const list = JSON.parse(text) as (string | null)[]
  return name === 'moments' ? list.map((one) => one && String(Temporal.Instant.from(one))) : list
}

/** Random rows, with the milliseconds that Django writes of a time. */
function rowsOfBoth(): Parameters<typeof fill>[0] {
  const samples = fc.sample(anyDatabase, { numRuns: 12, seed: 20_261_126 })
  const related = samples.toSorted((one, other) => other.relations.articles.length - one.relations.articles.length)[0]!
  return {
    relations: related.relations,
    everything: samples.flatMap(({ everything }) =>
      everything.map((one) => ({
        ...one,
        code: crypto.randomUUID(),
        clock: one.clock?.round('millisecond') ?? null,
        momentAt: one.momentAt?.round('millisecond') ?? null,
      })),
    ),
    lists: samples.flatMap(({ lists }) =>
      lists.map((one) => ({
        ...one,
        moments: one.moments.map((moment) => moment?.round('millisecond') ?? null),
        // Django does not read its own dump of a list with no truth in a place.
        truths: one.truths.filter((truth) => truth !== null),
      })),
    ),
  }
}

beforeEach(async () => {
  await fill(rowsOfBoth())
  // It sets itself to microseconds.
  await Everything.objects.update({ stampedAt: Temporal.Instant.from('2026-11-30T14:30:00.25Z') })
})

const ours = (options = {}) => serialize('json', everyRow(shared), options)
const theirs = (...words: string[]) => django(place.url, apps, 'dumpdata', 'library', ...words)

describe.skipIf(withoutDjango)('real Django', { timeout: 120_000 }, () => {
  test('writes the same of the same rows, and each loads what the other wrote', async () => {
    const before = await ours()
    const dump = await theirs('--format', 'jsonl')
    expect(unordered(before)).toEqual(unordered(dump))
    await emptyTables()
    await loadFixtures([{ name: 'dump', format: 'jsonl', open: () => dump }])
    expect(await ours()).toBe(before)
    await writeFile(join(place.dir, 'ours.json'), before)
    await emptyTables()
    await django(place.url, apps, 'loaddata', join(place.dir, 'ours.json'))
    expect(await ours()).toBe(before)
  })

  test('the same with natural keys', async () => {
    const before = await ours(natural)
    const dump = await theirs('--natural-foreign', '--natural-primary')
    expect(unordered(before, withoutKeyOfSummary)).toEqual(unordered(dump, withoutKeyOfSummary))
    // Django writes the key of a summary, which is that of its article, as a number that nothing goes by.
    const whole = JSON.stringify((JSON.parse(dump) as Plain[]).filter(({ model }) => model !== 'library.summary'))
    await emptyTables()
    await loadFixtures([{ name: 'dump', format: 'json', open: () => whole }])
    const noSummaries = (text: string) => unordered(text).filter((one) => !one.includes('library.summary'))
    expect(noSummaries(await ours(natural))).toEqual(noSummaries(before))
    await writeFile(join(place.dir, 'ours.json'), before)
    await emptyTables()
    await django(place.url, apps, 'loaddata', join(place.dir, 'ours.json'))
    expect(unordered(await ours(natural))).toEqual(unordered(before))
  })
})

function withoutKeyOfSummary({ model, pk, fields }: Plain): Plain {
  if (model !== 'library.summary') return pk === undefined ? { model, fields } : { model, pk, fields }
  return { model, fields: { body: fields['body'] } }
}
