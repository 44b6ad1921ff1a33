import { createApplication } from '@nuages/core'
import { captureQueries } from '@nuages/orm'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, describe, expect } from 'vitest'
import { contextOf, statusOf, titlesOf } from '../journal/ask.ts'
import { Entry, Note, Topic, Writer } from '../journal/diary/models.ts'
import { journalSettings } from '../journal/settings.ts'

const settings = journalSettings(() => import('../journal/list-urls.ts'), { timeZone: 'Europe/Paris' })
const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const client = new Client(await createApplication(settings), { host: 'testserver' })

async function fill(): Promise<void> {
  const ada = await Writer.objects.create({ name: 'Ada' })
  const bob = await Writer.objects.create({ name: 'Bob' })
  const [sea, sky] = [
    await Topic.objects.create({ name: 'Sea', slug: 'sea' }),
    await Topic.objects.create({ name: 'Sky', slug: 'sky' }),
  ]
  const rows = [
    { title: 'Fog', words: 10, writer: ada, topics: [sea, sky], at: '2025-01-01T00:00:00Z', mood: 'good' },
    { title: 'Fish', words: 20, writer: bob, topics: [sea], at: '2025-06-30T22:30:00Z', mood: 'bad' },
    { title: 'Air', words: 30, writer: ada, topics: [], at: '2024-12-31T22:30:00Z', mood: 'good', isPublic: false },
    { title: 'Über', words: 40, writer: bob, topics: [sky], at: '2023-01-01T00:00:00Z', mood: 'bad' },
  ] as const
  for (const { title, topics, at, ...values } of rows) {
    const day = title === 'Air' ? null : Temporal.PlainDate.from(at.slice(0, 10))
    const writtenAt = Temporal.Instant.from(at)
    const entry = await Entry.objects.create({ ...values, title, slug: title.toLowerCase(), day, writtenAt })
    await entry.topics.add(...topics)
    for (const text of ['wet cloud', 'grey cloud']) {
      if (title === 'Fog') await Note.objects.create({ text, entry })
    }
  }
}

describe('filters', () => {
  test.each([
    ['', 'Über Air Fish Fog'],
    ['?nothing=1&title=Fog&id=1&writer__name=Ada', 'Über Air Fish Fog'],
    ['?writer=1', 'Air Fog'],
    ['?writer=1&writer=2', 'Über Air Fish Fog'],
    ['?writer=', 'Über Air Fish Fog'],
    ['?writer=+2+', 'Über Fish'],
    ['?writer=7', ''],
    ['?topics=1', 'Fish Fog'],
    ['?topics=1&topics=2', 'Über Fish Fog'],
    ['?isPublic=false', 'Air'],
    ['?isPublic=true&writer=1', 'Fog'],
    ['?mood=bad', 'Über Fish'],
    ['?mood=unknown', ''],
    ['?day=2025-01-01', 'Fog'],
    ['?day__isnull=true', 'Air'],
    ['?writtenAt__gte=2025-01-01', 'Fish Fog'],
    ['?writtenAt__gte=2025-07-01T00:30', 'Fish'],
    ['?writtenAt__date=2025-07-01', 'Fish'],
    ['?writtenAt__year=2024', 'Air'],
    ['?writtenAt__year=99999', ''],
    ['?words__lt=20', 'Fog'],
    ['?words__lt=5&words__lt=20', 'Fog'],
    ['?title__istartswith=f', 'Fish Fog'],
    ['?title__istartswith=%25', ''],
    ['?notes__text=wet+cloud&notes__text=grey+cloud', 'Fog'],
    ['?slug__in=fog,air', 'Air Fog'],
    ['?slug__in=fog&slug__in=air', 'Air Fog'],
  ])('%s', async (query, titles) => {
    await fill()
    expect(await titlesOf(client, `/entries/${query}`)).toBe(titles)
  })

  test.each([
    'writer=x',
    'writer=1.5',
    'writer=99999999999999999999',
    'writer=1&writer=x',
    'isPublic=maybe',
    'day=2025-02-30',
    'day=today',
    'day__isnull=1',
    'writtenAt__year=MMXXV',
    'words__lt=many',
    'writtenAt__gte=99999-01-01',
  ])('%s is no value of the field, so that no row has it', async (query) => {
    await fill()
    const { objectList, filters, isFiltered } = await contextOf(client, `/entries/?${query}`)
    expect([objectList, isFiltered]).toEqual([[], true])
    expect((filters as { isValid: boolean }[]).filter(({ isValid }) => !isValid)).toHaveLength(1)
  })

  test('may have names of their own', async () => {
    await fill()
    expect(await titlesOf(client, '/named/?year=2025&by=Ada')).toBe('Air Fog'.replace('Air ', ''))
    expect(await titlesOf(client, '/named/?writtenAt__year=2025&writer__name=Ada')).toBe('Fog Fish Air Über')
  })

  test('tell a template what there is to choose from, and what is chosen', async () => {
    await fill()
    const { result, queries } = await captureQueries(() =>
      client.get('/filters/?writer=2&mood=bad&day=x&title__istartswith=f&topics=1'),
    )
    expect(result.text().trim().split('\n')).toEqual([
      'Writer: Ada=1 Bob=2*',
      'Topics: Sea=1* Sky=2',
      'Is public: Yes=true No=false',
      'Mood: Good=good Not so good=bad*',
      'Day: date x!',
      'Day missing: Yes=true No=false',
      'Written at from: datetime-local',
      'Written at date: date',
      'Written at year: number',
      'Words under: number',
      'Title: text f',
      'Notes text: text',
      'Slug: text',
    ])
    // The options of two relations; the rows were asked for in vain.
    expect(queries).toHaveLength(2)
  })

  test('of a relation have options only where they are few', async () => {
    for (let index = 0; index < 101; index++) await Writer.objects.create({ name: `w${index}` })
    expect((await client.get('/filters/')).text()).toContain('Writer: number\n')
    await Writer.objects.filter({ name: 'w100' }).delete()
    expect((await client.get('/filters/')).text()).toContain('Writer: w0=1 ')
  })

  test('a regular expression of a visitor is refused', async () => {
    await expect(client.get('/regex/?text__regex=(a%2B)%2Bb')).rejects.toThrow("filterFields cannot have 'text__regex'")
  })
})

describe('search', () => {
  test.each([
    ['fog', 'Fog'],
    ['ada', 'Air Fog'],
    ['ADA f', 'Fog'],
    ['cloud', 'Fog'],
    ['wet cloud grey', 'Fog'],
    ['über', 'Über'],
    ['  ', 'Über Air Fish Fog'],
    ['nothing', ''],
    ['%', ''],
    [`${'f '.repeat(2000)}`, 'Fish Fog'],
    [Array.from({ length: 2000 }, (_, index) => `f${index}`).join(' '), ''],
  ])('%j', async (q, titles) => {
    await fill()
    expect(await titlesOf(client, `/entries/?q=${encodeURIComponent(q)}`)).toBe(titles)
  })

  test('for a NUL is a bad request', async () => {
    expect((await client.get('/entries/?q=%00')).status).toBe(400)
    expect((await client.get('/entries/?title__istartswith=%00')).status).toBe(400)
  })

  test('has a lookup and a parameter of its own', async () => {
    await fill()
    expect(await titlesOf(client, '/public/?q=F')).toBe('Fish Fog')
    expect(await titlesOf(client, '/public/?q=f')).toBe('')
    expect(await titlesOf(client, '/find/?find=fo&q=air')).toBe('Fog')
    expect((await contextOf(client, '/find/?find=fo'))['search']).toBe('fo')
    expect((await contextOf(client, '/plain/?q=fo'))['search']).toBe(null)
  })
})

describe('order', () => {
  test.each([
    ['title', 'Air Fish Fog Über'],
    ['-title', 'Über Fog Fish Air'],
    ['writer__name,-title', 'Fog Air Über Fish'],
    ['-writer', 'Fish Über Fog Air'],
    ['words', 'Über Air Fish Fog'],
    ['--title,title__lower,?,-,', 'Über Air Fish Fog'],
    ['title,-title', 'Air Fish Fog Über'],
    ['writer__id', 'Über Air Fish Fog'],
    ['nothing,-writtenAt', 'Fish Fog Air Über'],
  ])('%s', async (ordering, titles) => {
    await fill()
    expect(await titlesOf(client, `/entries/?ordering=${encodeURIComponent(ordering)}`)).toBe(titles)
  })

  test('is total, so that pages do not overlap', async () => {
    await fill()
    const { queries } = await captureQueries(() => titlesOf(client, '/entries/?ordering=title'))
    expect(queries[0]!.sql).toMatch(/ORDER BY "diary_entry"."title" ASC, "diary_entry"."id" ASC$/)
  })

  test('gives a template its links, which keep the filters and leave the page', async () => {
    await fill()
    const links = async (query: string) => (await client.get(`/public/${query}`)).text().trim()
    expect(await links('')).toBe('<a href="?ordering=words">Words</a>\n<a href="?page=2">next</a>')
    expect(await links('?ordering=words&page=2')).toBe('<a href="?ordering=-words" aria-sort="ascending">Words</a>')
    expect(await links('?ordering=-words&q=F')).toBe(
      '<a href="?q=F&amp;ordering=words" aria-sort="descending">Words</a>',
    )
  })
})

test('a list without options minds no query', async () => {
  await fill()
  const { filters, orderings, isFiltered } = await contextOf(client, '/plain/?writer=1&ordering=title')
  expect([filters, orderings, isFiltered]).toEqual([[], [], false])
  expect(await titlesOf(client, '/plain/?writer=1&ordering=title')).toBe('Fog Fish Air Über')
})

test('rows that were read already cannot be filtered', async () => {
  await expect(client.get('/array/')).rejects.toThrow(
    'ArrayList.getQueryset() gave an array, and filtering needs a queryset.',
  )
  expect(await statusOf(client, '/plain/')).toBe(200)
})
