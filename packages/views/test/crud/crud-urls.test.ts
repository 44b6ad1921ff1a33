import { createApplication } from '@nuages/core'
import { captureQueries } from '@nuages/orm'
import { Client, type DatabaseFixtures, type TestResponse, testDatabase } from '@nuages/testing'
import { reverseName } from '@nuages/urls'
import { test as base, beforeEach, describe, expect } from 'vitest'
import { crudUrls } from '../../src/index.ts'
import { log } from '../journal/crud-urls.ts'
import { Contract, Entry, Note, Topic, Writer } from '../journal/diary/models.ts'
import { journalSettings } from '../journal/settings.ts'

const settings = journalSettings(() => import('../journal/crud-urls.ts'), { templates: 'frames' })
const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const client = new Client(await createApplication(settings), { host: 'testserver' })
const word = { headers: { Cookie: 'word=open' } }

beforeEach(() => {
  log.length = 0
})

async function fill(titles: readonly string[] = ['Air', 'Bay', 'Cliff', 'Dune']): Promise<Entry[]> {
  const writer = await Writer.objects.create({ name: 'Ada <A>' })
  const topics = [
    await Topic.objects.create({ name: 'Sea', slug: 'sea' }),
    await Topic.objects.create({ name: 'Sky', slug: 'sky' }),
  ]
  const rows: Entry[] = []
  for (const [index, title] of titles.entries()) {
    const values = { title, slug: title.toLowerCase(), words: index, isPublic: index % 2 === 0 }
    const entry = await Entry.objects.create({ ...values, writer })
    await entry.topics.add(...topics.slice(0, index))
    rows.push(entry)
  }
  return rows
}

/** The text of elements, without tags and repeated space. */
function texts(response: TestResponse, tag: string): string[] {
  const found = response.text().matchAll(new RegExp(`<${tag}(?: [^>]*)?>(.*?)</${tag}>`, 'gs'))
  return Array.from(found, ([, inner]) =>
    inner!
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
}

function links(response: TestResponse): string[] {
  return Array.from(response.text().matchAll(/<a [^>]*href="([^"]*)"/g), ([, url]) => url!)
}

const goesTo = (response: TestResponse) => [response.status, response.headers.get('Location')]

describe('the list', () => {
  test('has its columns, values and pages', async () => {
    await fill()
    const response = await client.get('/entries/')
    expect(texts(response, 'h1')).toEqual(['Entries'])
    expect(texts(response, 'th')).toEqual([
      'Title',
      'Writer',
      'Writer name',
      'Mood',
      'Is public',
      'Topics',
      'Shout',
      'Day',
    ])
    expect(texts(response, 'td').slice(8, 16)).toEqual([
      'Bay',
      'Ada &lt;A&gt;',
      'Ada &lt;A&gt;',
      'Good',
      'No',
      'Sea',
      'BAY!',
      '–none',
    ])
    expect(texts(response, 'td').slice(5, 6)).toEqual(['–none'])
    expect(texts(response, 'p')[0]).toBe('1–3 of 4 entries')
    expect(texts(response, 'nav')).toEqual(['Page 1 Page 2'])
    expect(links(response)).toEqual(
      expect.arrayContaining(['/entries/1/', '?page=2', '?ordering=-title', '?ordering=writer__name']),
    )
    expect(response.text()).toContain('aria-sort="ascending"')
    expect(texts(await client.get('/entries/?page=2'), 'td')[0]).toBe('Dune')
  })

  test('asks the database as often for many rows as for one', async () => {
    await fill()
    const { queries } = await captureQueries(() => client.get('/entries/'))
    // The count, the rows, their writers, their topics, and the writers to choose from.
    expect(queries).toHaveLength(5)
  })

  test('is filtered, searched and ordered, and says what is asked for', async () => {
    await fill()
    const response = await client.get('/entries/?q=i&isPublic=true&ordering=-title')
    expect(
      texts(response, 'tr')
        .slice(1)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['Cliff', 'Air'])
    expect(response.text()).toContain('value="i"')
    expect(response.text()).toContain('<option value="true" selected>Yes</option>')
    expect(response.text()).toContain('<option value="-title" selected>Title (reversed)</option>')
    expect(response.text()).toContain('<details open>')
    expect(links(response)).toContain('?q=i&amp;isPublic=true&amp;ordering=title')
    const none = await client.get('/entries/?words__gte=many')
    expect(texts(none, 'p')).toEqual(['Nothing can have that value.', 'No entries match. Show all entries'])
  })

  test('says that there is nothing yet', async () => {
    expect(texts(await client.get('/entries/'), 'p')).toEqual(['There are no entries yet.'])
  })

  test('has short columns of the edited fields, if it is not told which', async () => {
    await fill()
    expect(texts(await client.get('/topics/'), 'th')).toEqual(['Name', 'Slug'])
  })
})

test('what no form edits is not shown unasked', async () => {
  const writer = await Writer.objects.create({ name: 'Ada' })
  await Contract.objects.create({ title: 'Paper', writer })
  const list = await client.get('/contracts/')
  expect([texts(list, 'h1'), texts(list, 'th'), texts(list, 'td')]).toEqual([['Contracts'], ['Contract'], ['Paper']])
  expect((await client.get('/contracts/1/')).text()).not.toContain('Ada')
})

describe('access', () => {
  test('is asked of each page, and links that would be refused are left out', async () => {
    await fill()
    expect((await client.get('/entries/')).status).toBe(200)
    for (const path of ['/entries/add/', '/entries/1/edit/']) {
      expect((await client.get(path)).status).toBe(403)
      expect((await client.post(path, { form: { title: 'x' } })).status).toBe(403)
      expect((await client.get(path, word)).status).toBe(200)
    }
    expect(links(await client.get('/entries/'))).not.toContain('/entries/add/')
    expect(links(await client.get('/entries/', word))).toContain('/entries/add/')
    expect(links(await client.get('/entries/1/'))).toEqual(['/entries/', '/entries/1/delete/'])
    expect(links(await client.get('/entries/1/', word))).toEqual([
      '/entries/',
      '/entries/1/edit/',
      '/entries/1/delete/',
    ])
  })

  test('has to be said of pages that change rows', () => {
    const access = { create: 'anyone', update: 'anyone' } as const
    // @ts-expect-error: the compiler says so too
    expect(() => crudUrls(Writer, { fields: ['name'], access })).toThrow(
      "crudUrls(Writer): access does not say who may use the page 'delete', which changes rows.",
    )
    expect(() => crudUrls(Writer, { fields: ['name'] } as never)).toThrow("the page 'create'")
    expect(() => crudUrls(Writer, { fields: ['name'], access, views: { delete: false } })).not.toThrow()
  })
})

describe('the pages of a row', () => {
  test('show it, add it, change it', async () => {
    const [entry] = await fill()
    const shown = await client.get('/entries/1/', word)
    expect(texts(shown, 'h1')).toEqual(['Air'])
    expect(texts(shown, 'dt')).toEqual([
      'Title',
      'Slug',
      'Day',
      'Written at',
      'Is public',
      'Words',
      'Mood',
      'Writer',
      'Topics',
    ])
    expect(texts(shown, 'dd').slice(4)).toEqual(['Yes', '0', 'Good', 'Ada &lt;A&gt;', '–none'])

    const form = {
      title: 'Fog',
      slug: 'fog',
      words: '3',
      mood: 'bad',
      writer: entry!.writerId,
      writtenAt: '2026-01-01T10:00',
    }
    expect(texts(await client.get('/entries/add/', word), 'h1')).toEqual(['Add entry'])
    expect(goesTo(await client.post('/entries/add/', { form, ...word }))).toEqual([303, '/entries/5/'])
    const invalid = await client.post('/entries/5/edit/', { form: { ...form, words: 'many' }, ...word })
    expect([invalid.status, texts(invalid, 'h1'), texts(invalid, 'title')]).toEqual([
      200,
      ['Edit Fog'],
      ['Error: Edit Fog'],
    ])
    expect(invalid.text()).toContain('value="many"')
    expect(goesTo(await client.post('/entries/5/edit/', { form, ...word }))).toEqual([303, '/entries/5/'])
    expect(log).toEqual(['create Fog', 'update Fog'])
  })

  test('delete it, with what goes too', async () => {
    const [entry] = await fill()
    await Note.objects.create({ text: 'n', entry: entry! })
    const asked = await client.get('/entries/1/delete/')
    expect([texts(asked, 'h1'), texts(asked, 'li')]).toEqual([['Delete Air?'], ['1 note']])
    expect(goesTo(await client.post('/entries/1/delete/'))).toEqual([303, '/entries/'])
    expect(log).toEqual(['delete Air'])
  })

  test('say what forbids to delete it', async () => {
    const [entry] = await fill()
    for (let index = 0; index < 12; index++)
      await Contract.objects.create({ title: `c${index}`, writer: await entry!.writer })
    const asked = await client.get(`/of/me/${entry!.writerId}/delete/`)
    expect(texts(asked, 'h1')).toEqual(['Ada &lt;A&gt; cannot be deleted'])
    expect(texts(asked, 'li').slice(-2)).toEqual(['Contract: c9', 'and 2 more'])
    expect(asked.text()).not.toContain('<form')
    expect((await client.post(`/of/me/${entry!.writerId}/delete/`)).status).toBe(200)
    expect(await Writer.objects.count()).toBe(1)
  })
})

describe('routes', () => {
  test('have names, in a namespace or with a prefix', () => {
    expect(reverseName('entries:update', { pk: 3 })).toBe('/entries/3/edit/')
    expect(reverseName('topic-detail', { slug: 'sea' })).toBe('/topics/sea/')
    expect(reverseName('writers:list', { owner: 'me' })).toBe('/of/me/')
    expect(() => reverseName('contract-create')).toThrow()
  })

  test('find their way below any prefix, and by slug', async () => {
    await fill()
    expect(links(await client.get('/of/me/'))).toEqual(['/of/me/add/', '/of/me/1/'])
    expect(goesTo(await client.post('/of/me/add/', { form: { name: 'Eve' } }))).toEqual([303, '/of/me/2/'])
    expect(links(await client.get('/topics/sea/'))).toEqual(['/topics/', '/topics/sea/edit/', '/topics/sea/delete/'])
    expect(goesTo(await client.post('/topics/sea/edit/', { form: { name: 'Sea', slug: 'ocean' } }))).toEqual([
      303,
      '/topics/ocean/',
    ])
  })

  test('of pages that are left out are not there', async () => {
    const writer = await Writer.objects.create({ name: 'Ada' })
    await Contract.objects.create({ title: 'Paper', writer })
    expect(links(await client.get('/contracts/1/'))).toEqual(['/contracts/'])
    expect((await client.get('/contracts/1/edit/', { raiseRequestException: false })).status).toBe(404)
  })

  test('name a row by its pk or slug alone', () => {
    expect(() => crudUrls(Entry, { fields: 'all', access: 'anyone', lookup: '<slug:title>' })).toThrow(
      "crudUrls(Entry): lookup names a row by its pk or slug, such as '<int:pk>', '<uuid:pk>' or '<slug:slug>'.",
    )
  })

  test('have the stylesheet beside them, for ever', async () => {
    const sheet = (await client.get('/entries/')).text().match(/href="(\/entries\/crud\.css\?v=\w{8})"/)?.[1]
    const response = await client.get(sheet!)
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/css; charset=utf-8'])
    expect(response.headers.get('Cache-Control')).toContain('immutable')
    expect((await client.post('/entries/crud.css')).status).toBe(405)
  })
})

describe('a page of one’s own', () => {
  test('that is a list keeps the default template', async () => {
    await fill()
    const response = await client.get('/own/?q=i')
    expect(
      texts(response, 'tr')
        .slice(1)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['Cliff', 'Air'])
    expect(response.text()).toContain('<main id="frame">')
  })

  test('may have its own template, way on, permission, or be a function', async () => {
    await fill()
    expect((await client.get('/own/air/')).text()).toContain('<main id="frame"></main>')
    expect((await client.get('/own/add/')).text()).toBe('a function')
    expect(goesTo(await client.post('/own/air/edit/', { form: { title: 'Wind' } }))).toEqual([303, '/elsewhere/'])
    await Entry.objects.update({ words: 1000 })
    expect((await client.get('/own/air/edit/')).status).toBe(403)
  })

  test('needs fields where there is none', () => {
    expect(() => crudUrls(Entry, { access: 'anyone' })).toThrow(
      "crudUrls(Entry) needs the fields that the page 'create' edits, or a formClass; or { views: { create: false } }.",
    )
  })
})
