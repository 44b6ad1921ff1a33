import { createApplication } from '@nuages/core'
import { captureQueries, database } from '@nuages/orm'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, describe, expect } from 'vitest'
import { ModelDatedListView, TodayArchiveView } from '../../src/index.ts'
import { contextOf, statusOf, titlesOf } from '../journal/ask.ts'
import { Entry, Writer } from '../journal/diary/models.ts'
import { journalSettings } from '../journal/settings.ts'

const zone = 'Europe/Paris'
const settings = journalSettings(() => import('../journal/archive-urls.ts'), { timeZone: zone })
const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const client = new Client(await createApplication(settings), { host: 'testserver' })

/** Points in time, and the days in Paris that they are in. On March 30, 2025 the clock goes forward. */
const entries: readonly [title: string, writtenAt: string, isPublic?: boolean][] = [
  ['silvester', '2023-12-31T22:59:59.999999Z'],
  ['new-year', '2023-12-31T23:00:00Z'],
  ['spring', '2025-03-10T12:00:00Z'],
  ['eve', '2025-03-29T22:59:59Z'],
  ['midnight', '2025-03-29T23:00:00Z'],
  ['late', '2025-03-30T21:59:59.5Z', false],
  ['after', '2025-03-30T22:00:00Z'],
  ['july', '2025-07-01T08:00:00Z'],
]

async function fill(): Promise<void> {
  const writer = await Writer.objects.create({ name: 'Ada' })
  for (const [title, text, isPublic = true] of entries) {
    const writtenAt = Temporal.Instant.from(text)
    const day = writtenAt.toZonedDateTimeISO(zone).toPlainDate()
    await Entry.objects.create({ title, slug: title, writer, writtenAt, day, isPublic })
  }
}

async function addFuture(): Promise<Temporal.ZonedDateTime> {
  const writtenAt = Temporal.Now.instant().add({ hours: 400 * 24 })
  const writer = await Writer.objects.create({ name: 'Zoe' })
  const local = writtenAt.toZonedDateTimeISO(zone)
  await Entry.objects.create({ title: 'future', slug: 'future', writer, writtenAt, day: local.toPlainDate() })
  return local
}

const shown = (dates: unknown): string => (dates as readonly Temporal.PlainDate[]).join(' ')

/** The neighbours in a context, by what their names end with. */
async function neighbours(path: string, unit: string): Promise<string> {
  const context = await contextOf(client, path)
  return `${context[`previous${unit}`]} < ${context[unit.toLowerCase()]} > ${context[`next${unit}`]}`
}

describe('the index', () => {
  test('shows the latest rows first, and the years', async () => {
    await fill()
    await addFuture()
    const context = await contextOf(client, '/index/')
    expect(await titlesOf(client, '/index/')).toBe('july after late midnight eve spring new-year silvester')
    expect(context['latest']).toBe(context['objectList'])
    expect(shown(context['dateList'])).toBe('2025-01-01 2024-01-01 2023-01-01')
    expect((await client.get('/index/')).templates[0]?.names).toEqual(['diary/entry_archive.html'])
  })

  test('with rows of the future, in pages', async () => {
    await fill()
    const { year } = await addFuture()
    expect(await titlesOf(client, '/index/all/')).toBe('future july')
    expect(await titlesOf(client, '/index/all/?page=2')).toBe('after late')
    expect(shown((await contextOf(client, '/index/all/'))['dateList'])).toBe(
      `${year}-01-01 2025-01-01 2024-01-01 2023-01-01`,
    )
  })

  test('knows the moment that stands for never, which is in no year of four digits here', async () => {
    const writer = await Writer.objects.create({ name: 'Ada' })
    for (const text of ['9998-06-01T00:00:00Z', '9999-12-31T23:59:59.999999Z']) {
      const slug = text.slice(0, 4)
      await Entry.objects.create({ title: slug, slug, writer, writtenAt: Temporal.Instant.from(text) })
    }
    const { dateList } = await contextOf(client, '/index/all/')
    expect(shown(dateList)).toBe('9999-01-01 9998-01-01')
    expect(await neighbours('/9998/future/', 'Year')).toBe('null < 9998-01-01 > 9999-01-01')
    expect(shown((await contextOf(client, '/9999/future/'))['dateList'])).toBe('9999-12-01')
  })

  test('that is empty is a 404, or not', async () => {
    expect(await statusOf(client, '/index/')).toBe(404)
    expect(await titlesOf(client, '/index/empty/')).toBe('')
  })
})

describe('a year', () => {
  test('has its months, and its rows where they are wanted', async () => {
    await fill()
    const { result, queries } = await captureQueries(() => contextOf(client, '/2025/'))
    expect(shown(result['dateList'])).toBe('2025-03-01 2025-07-01')
    expect(result['objectList']).toEqual([])
    // The months and the neighbours.
    expect(queries).toHaveLength(3)
    expect(await titlesOf(client, '/2025/rows/')).toBe('after eve july late midnight spring')
    expect(await titlesOf(client, '/2023/rows/')).toBe('silvester')
    expect(await titlesOf(client, '/fixed/')).toBe('july after late midnight eve spring')
    expect(shown((await contextOf(client, '/asked/?year=2024'))['dateList'])).toBe('2024-01-01')
  })

  test('knows the years before and after that have rows', async () => {
    await fill()
    expect(await neighbours('/2023/', 'Year')).toBe('null < 2023-01-01 > 2024-01-01')
    await Entry.objects.filter({ writtenAt__year: 2024 }).delete()
    expect(await neighbours('/2023/', 'Year')).toBe('null < 2023-01-01 > 2025-01-01')
    expect(await neighbours('/2025/', 'Year')).toBe('2023-01-01 < 2025-01-01 > null')
    expect(await neighbours('/2024/empty/', 'Year')).toBe('2023-01-01 < 2024-01-01 > 2025-01-01')
  })

  test('of the future is there on demand only', async () => {
    const { year } = await addFuture()
    expect(await statusOf(client, `/${year}/`)).toBe(404)
    expect(await neighbours(`/${year}/future/`, 'Year')).toBe(`null < ${year}-01-01 > null`)
    const now = Temporal.Now.plainDateISO(zone).year
    expect(await neighbours(`/${now}/empty/`, 'Year')).toBe(`${now - 1}-01-01 < ${now}-01-01 > null`)
  })

  test.each([
    '/0/empty/',
    '/10000/empty/',
    '/99999999999999999999/',
    '/asked/',
    '/asked/?year=x',
    '/asked/?year=-1',
    '/2024/',
  ])('%s is a 404', async (path) => {
    expect(await statusOf(client, path)).toBe(404)
  })

  test('at either end of the calendar is a page', async () => {
    expect(await neighbours('/1/empty/', 'Year')).toBe('null < 0001-01-01 > 0002-01-01')
    expect(await neighbours('/9999/empty/', 'Year')).toBe('null < 9999-01-01 > null')
    expect(await titlesOf(client, '/9999/12/future/')).toBe('')
    await fill()
    await Entry.objects.update({ day: Temporal.PlainDate.from('0001-01-01') })
    expect(await neighbours('/day/1/', 'Year')).toBe('null < 0001-01-01 > null')
  })
})

describe('a month', () => {
  test('has its rows, days and neighbours', async () => {
    await fill()
    const { result, queries } = await captureQueries(() => contextOf(client, '/2025/3/'))
    expect(queries).toHaveLength(4)
    expect(shown(result['dateList'])).toBe('2025-03-10 2025-03-29 2025-03-30 2025-03-31')
    expect(await titlesOf(client, '/2025/3/')).toBe('after late midnight eve spring')
    expect(await neighbours('/2025/3/', 'Month')).toBe('2024-01-01 < 2025-03-01 > 2025-07-01')
    expect(await neighbours('/2025/3/empty/', 'Month')).toBe('2025-02-01 < 2025-03-01 > 2025-04-01')
    expect(await neighbours('/2024/12/empty/', 'Month')).toBe('2024-11-01 < 2024-12-01 > 2025-01-01')
  })

  test('asks the column itself, so that an index answers', async () => {
    await fill()
    const { queries } = await captureQueries(() => titlesOf(client, '/2025/3/'))
    expect(queries).toHaveLength(4)
    for (const query of queries) {
      const plan = await database().all({ sql: `EXPLAIN QUERY PLAN ${query.sql}` }, query.revealParams())
      expect(String(plan[0]?.at(-1))).toMatch(/^SEARCH diary_entry USING (?:COVERING )?INDEX diary_entry_written_at/)
    }
  })

  test('takes the rows of getQueryset, in its own order, in pages', async () => {
    await fill()
    expect(await titlesOf(client, '/public/2025/3/')).toBe('after midnight')
    expect(await titlesOf(client, '/public/2025/3/?page=2')).toBe('eve spring')
    expect(await statusOf(client, '/public/2025/3/?page=3')).toBe(404)
  })

  test.each(['/2025/0/', '/2025/13/', '/2025/4/'])('%s is a 404', async (path) => {
    await fill()
    expect(await statusOf(client, path)).toBe(404)
  })
})

describe('a week', () => {
  test('is one of ISO 8601', async () => {
    await fill()
    expect(await titlesOf(client, '/2025/week/13/')).toBe('late midnight eve')
    expect(await neighbours('/2025/week/13/', 'Week')).toBe('2025-03-10 < 2025-03-24 > 2025-03-31')
    expect(await neighbours('/2025/iso/1/', 'Week')).toBe('2024-12-23 < 2024-12-30 > 2025-01-06')
    expect(await neighbours('/2020/iso/53/', 'Week')).toBe('2020-12-21 < 2020-12-28 > 2021-01-04')
    for (const week of ['2025/iso/0', '2025/iso/53', '2025/iso/54', '2025/week/9']) {
      expect(await statusOf(client, `/${week}/`)).toBe(404)
    }
  })

  test('may be counted from the first Monday or Sunday', async () => {
    // 2025 began on a Wednesday.
    expect(await neighbours('/2025/monday/0/', 'Week')).toBe('2024-12-23 < 2024-12-30 > 2025-01-06')
    expect(await neighbours('/2025/monday/1/', 'Week')).toBe('2024-12-30 < 2025-01-06 > 2025-01-13')
    expect(await neighbours('/2025/sunday/1/', 'Week')).toBe('2024-12-29 < 2025-01-05 > 2025-01-12')
    // 2024 began on a Monday, 2023 on a Sunday.
    for (const week of ['2024/monday/0', '2023/sunday/0', '2025/monday/53', '2025/monday/99']) {
      expect(await statusOf(client, `/${week}/`)).toBe(404)
    }
    expect(await statusOf(client, '/2024/monday/53/')).toBe(200)
  })
})

describe('a day', () => {
  test('begins and ends in the active time zone, of 23 hours too', async () => {
    await fill()
    expect(await titlesOf(client, '/2025/3/30/')).toBe('late midnight')
    expect(await titlesOf(client, '/2025/3/31/')).toBe('after')
    expect(await titlesOf(client, '/2023/12/31/')).toBe('silvester')
    expect(await titlesOf(client, '/2024/1/1/')).toBe('new-year')
    expect(await neighbours('/2025/3/30/', 'Day')).toBe('2025-03-29 < 2025-03-30 > 2025-03-31')
    expect(await neighbours('/2025/3/31/', 'Day')).toBe('2025-03-30 < 2025-03-31 > 2025-07-01')
    const { nextMonth, previousMonth } = await contextOf(client, '/2025/3/31/')
    expect(`${previousMonth} ${nextMonth}`).toBe('2024-01-01 2025-07-01')
    expect(await neighbours('/2025/3/1/empty/', 'Day')).toBe('2025-02-28 < 2025-03-01 > 2025-03-02')
  })

  test.each(['/2025/2/29/', '/2025/3/0/', '/2025/3/32/', '/2025/3/1/'])('%s is a 404', async (path) => {
    await fill()
    expect(await statusOf(client, path)).toBe(404)
  })

  test('today', async () => {
    await fill()
    expect(await statusOf(client, '/today/')).toBe(404)
    const now = Temporal.Now.zonedDateTimeISO(zone)
    const [entry] = await Entry.objects.all()
    await Entry.objects
      .filter({ pk: entry!.id })
      .update({ writtenAt: now.startOfDay().toInstant(), day: now.toPlainDate() })
    expect(await titlesOf(client, '/today/')).toBe(entry!.title)
    expect(await titlesOf(client, '/day/today/')).toBe(entry!.title)
  })
})

describe('a row of a day', () => {
  test.each([
    ['/2025/3/30/midnight/', 200],
    ['/2025/3/29/midnight/', 404],
    ['/2025/2/30/midnight/', 404],
    ['/2025/3/30/nope/', 404],
  ])('%s is a %i', async (path, status) => {
    await fill()
    expect(await statusOf(client, path)).toBe(status)
  })

  test('of the future', async () => {
    const { year, month, day } = await addFuture()
    expect(await statusOf(client, `/${year}/${month}/${day}/future/`)).toBe(404)
    expect((await client.get(`/${year}/${month}/${day}/future/future/`)).text().trim()).toBe('future')
  })
})

test('dates without a time', async () => {
  await fill()
  await Entry.objects.filter({ slug: 'spring' }).update({ day: null })
  await addFuture()
  expect(shown((await contextOf(client, '/day/index/'))['dateList'])).toBe('2025-01-01 2024-01-01 2023-01-01')
  expect(await titlesOf(client, '/day/2024/')).toBe('new-year')
  expect((await titlesOf(client, '/day/2025/3/30/')).split(' ').sort().join(' ')).toBe('late midnight')
  expect(await neighbours('/day/2025/3/', 'Month')).toBe('2024-01-01 < 2025-03-01 > 2025-07-01')
  const entry = await Entry.objects.get({ slug: 'after' })
  expect(await statusOf(client, `/day/2025/3/31/${entry.id}/`)).toBe(200)
  expect(await statusOf(client, `/day/2025/3/30/${entry.id}/`)).toBe(404)
})

test('a field that is no date is refused', () => {
  // @ts-expect-error: a title is no date
  const view = TodayArchiveView(Entry, { dateField: 'title' })
  expect(view.prototype).toBeInstanceOf(ModelDatedListView)
})
