import { createApplication } from '@nuages/core'
import { captureQueries } from '@nuages/orm'
import { Client, type DatabaseFixtures, type TestResponse, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect } from 'vitest'
import { statusOf } from '../journal/ask.ts'
import { Contract, Entry, Note, Topic, Writer } from '../journal/diary/models.ts'
import { log } from '../journal/editing.ts'
import { journalSettings } from '../journal/settings.ts'

const settings = journalSettings(() => import('../journal/editing.ts'))
const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const client = new Client(await createApplication(settings), { host: 'testserver' })

beforeEach(() => {
  log.length = 0
})

async function makeEntry(values: { isPublic?: boolean; words?: number } = {}): Promise<Entry> {
  const writer = await Writer.objects.create({ name: 'Ada' })
  return Entry.objects.create({ title: 'Fog', slug: 'fog', writer, ...values })
}

const goesTo = (response: TestResponse) => [response.status, response.headers.get('Location')]

/** The value of an input in a page. */
function inputValue(response: TestResponse, name: string): string | undefined {
  const input = response.text().match(new RegExp(`<[^>]* name="${name}"[^>]*>`))?.[0]
  return input?.match(/ value="([^"]*)"/)?.[1]
}

describe('FormView', () => {
  test('shows the form with what it begins with', async () => {
    const response = await client.get('/contact/news/')
    expect([response.status, inputValue(response, 'name'), inputValue(response, 'text')]).toEqual([200, 'You', 'news'])
    expect(response.text()).not.toContain('errorlist')
  })

  test('goes on with 303 once the form is valid', async () => {
    const response = await client.post('/contact/news/', { form: { name: 'Ada', text: 'Hello' } })
    expect(goesTo(response)).toEqual([303, '/thanks/'])
    expect(log).toEqual(['Ada: Hello', 'sent'])
    expect((await client.put('/contact/news/', { form: { name: 'Ada', text: 'Hello' } })).status).toBe(303)
  })

  test('shows an invalid form again, with what was sent', async () => {
    const response = await client.post('/contact/news/', { form: { name: 'A name too long', text: '<b>' } })
    expect([response.status, inputValue(response, 'name'), inputValue(response, 'text')]).toEqual([
      200,
      'A name too long',
      '&lt;b&gt;',
    ])
    expect(response.text()).toContain('errorlist')
    expect(log).toEqual([])
    const whole = await client.post('/contact/news/', { form: { name: 'same', text: 'same' } })
    expect(whole.text()).toContain('Say more.')
  })

  test('may answer an invalid form with 422, and prefix its inputs', async () => {
    expect((await client.post('/turbo/news/', { form: { name: 'Ada', text: 'Hello' } })).status).toBe(422)
    const response = await client.post('/turbo/news/', { form: { 'c-name': 'Ada', 'c-text': 'Hello' } })
    expect(goesTo(response)).toEqual([303, '/thanks/'])
  })

  test('asks for permission before anything else', async () => {
    expect(await statusOf(client, '/contact/secret/')).toBe(403)
    expect((await client.post('/contact/secret/', { form: { name: 'Ada', text: 'Hello' } })).status).toBe(403)
    expect((await client.request('PATCH', '/contact/secret/')).status).toBe(403)
    expect((await client.request('PATCH', '/contact/news/')).status).toBe(405)
    expect(log).toEqual([])
  })

  test('says that it does not know where to go', async () => {
    await expect(client.post('/lost/', { form: { name: 'Ada', text: 'Hello' } })).rejects.toThrow(
      'ContactFormView does not know where to go after a form was accepted. Give it a successUrl, or override getSuccessUrl().',
    )
  })
})

describe('CreateView', () => {
  test('makes a row with its relations and goes to its page', async () => {
    const writer = await Writer.objects.create({ name: 'Ada' })
    const topic = await Topic.objects.create({ name: 'Sea', slug: 'sea' })
    const shown = await client.get('/entries/add/')
    expect(shown.text()).toContain('nothing|nothing')
    expect(inputValue(shown, 'title')).toBe('New')
    const form = { title: 'Fog', slug: 'fog', writer: writer.id, topics: topic.id }
    expect(goesTo(await client.post('/entries/add/', { form }))).toEqual([303, '/entries/fog/'])
    const entry = await Entry.objects.get({ slug: 'fog' })
    expect([entry.title, entry.writerId, (await entry.topics.all()).map(String)]).toEqual(['Fog', writer.id, ['Sea']])
    expect(log).toEqual(['saved Fog'])
  })

  test('a value that is taken is an error of the form', async () => {
    const entry = await makeEntry()
    const form = { title: 'Other', slug: 'fog', writer: entry.writerId }
    const response = await client.post('/entries/add/', { form })
    expect([response.status, inputValue(response, 'title')]).toEqual([200, 'Other'])
    expect(response.text()).toContain('id="id_slug_error"')
    expect(await Entry.objects.count()).toBe(1)
    expect(log).toEqual([])
  })

  test('takes a form of one’s own', async () => {
    expect((await client.post('/writers/add/', { form: { name: 'Nobody' } })).text()).toContain('That is nobody.')
    expect(goesTo(await client.post('/writers/add/', { form: { name: 'Bob' } }))).toEqual([303, '/entries/'])
    expect(await Writer.objects.filter({ name: 'Bob' }).exists()).toBe(true)
  })

  test('of a row without a page says so, and saves nothing', async () => {
    await expect(client.post('/writers/homeless/', { form: { name: 'Bob' } })).rejects.toThrow(
      'WriterCreateView does not know where to go after a form was accepted. Give it a successUrl, give Writer a getAbsoluteUrl()',
    )
    expect(await Writer.objects.count()).toBe(0)
  })
})

describe('A row that was made and taken back', () => {
  test('is none for the page that says so', async () => {
    const writer = await Writer.objects.create({ name: 'Ada' })
    const response = await client.post('/entries/add-with-note/', {
      form: { title: 'Fog', slug: 'fog', writer: writer.id },
    })
    expect([response.status, await Entry.objects.count()]).toEqual([200, 0])
    expect(response.text()).toContain('The note was refused.')
    expect(response.text()).toContain('nothing|nothing')
  })
})

test('what the database misses when the transaction ends is an error of the form', async () => {
  const writer = await Writer.objects.create({ name: 'Ada' })
  const form = { title: 'Fog', slug: 'fog', writer: writer.id }
  const response = await client.post('/entries/add-of-nobody/', { form })
  expect([response.status, await Entry.objects.count()]).toEqual([200, 0])
  expect(response.text()).toContain('Something that this refers to was deleted meanwhile.')
})

describe('UpdateView', () => {
  test('changes a row, and goes where the function says', async () => {
    const entry = await makeEntry()
    const shown = await client.get('/entries/fog/edit/')
    expect(shown.text()).toContain('Fog|Fog')
    expect(inputValue(shown, 'title')).toBe('Fog')
    const form = { title: 'Mist', words: 7, _version: inputValue(shown, '_version')! }
    expect(goesTo(await client.post('/entries/fog/edit/', { form }))).toEqual([303, `/saved/${entry.id}/`])
    await entry.refreshFromDb()
    expect([entry.title, entry.words, await Note.objects.count()]).toEqual(['Mist', 7, 1])
  })

  test('looks in getQueryset alone, and asks hasObjectPermission', async () => {
    const entry = await makeEntry({ isPublic: false })
    expect(await statusOf(client, '/entries/fog/edit/')).toBe(404)
    expect((await client.post('/entries/fog/edit/', { form: { title: 'Mist', words: 1 } })).status).toBe(404)
    await Entry.objects.update({ isPublic: true, words: 1000 })
    expect(await statusOf(client, '/entries/fog/edit/')).toBe(403)
    expect((await client.post('/entries/fog/edit/', { form: { title: 'Mist', words: 1 } })).status).toBe(403)
    await entry.refreshFromDb()
    expect(entry.title).toBe('Fog')
  })

  test('gives back what was typed for a row that is gone', async () => {
    const entry = await makeEntry()
    const _version = inputValue(await client.get('/entries/fog/edit/'), '_version')!
    await entry.delete()
    const form = { title: '<b>Long thought</b>', words: 7, _version }
    const response = await client.post('/entries/fog/edit/', { form })
    expect([response.status, await Entry.objects.count()]).toEqual([404, 0])
    const text = response.text()
    expect(text).toContain('This entry is gone')
    expect(text).toContain('\n&lt;b&gt;Long thought&lt;/b&gt;</textarea>')
    expect(text).not.toContain(_version)
  })

  test('makes the form of a row that is gone as the view does, as far as that goes', async () => {
    const asAda = await client.post('/writers/9/as/ada/', { form: { name: 'Long thought' } })
    expect([asAda.status, asAda.text().includes('Long thought')]).toEqual([404, true])
    const ofRow = await client.post('/writers/9/as/row/', { form: { name: 'Long thought' } })
    expect([ofRow.status, ofRow.text().includes('This writer is gone')]).toEqual([404, true])
  })

  test('what formValid writes stands or falls with the row', async () => {
    const entry = await makeEntry()
    await expect(client.post('/entries/fog/edit/', { form: { title: 'Fails', words: 1 } })).rejects.toThrow(
      'after it was saved',
    )
    await entry.refreshFromDb()
    expect([entry.title, await Note.objects.count()]).toEqual(['Fog', 0])
  })

  test('tells who saves that another changed the row meanwhile, and keeps the input', async () => {
    const entry = await makeEntry()
    const opened = inputValue(await client.get('/entries/fog/edit/'), '_version')!
    await Entry.objects.update({ title: 'Rain' })
    const form = { title: 'Mist', words: 7, _version: opened }
    const told = await client.post('/entries/fog/edit/', { form })
    expect([told.status, inputValue(told, 'title')]).toEqual([200, 'Mist'])
    expect(told.text()).toContain('Somebody else changed this entry')
    expect(told.text()).toContain('Rain')
    await entry.refreshFromDb()
    expect([entry.title, await Note.objects.count()]).toEqual(['Rain', 0])
    // The second time it is known what is overwritten.
    const again = await client.post('/entries/fog/edit/', {
      form: { ...form, _version: inputValue(told, '_version')! },
    })
    expect(again.status).toBe(303)
    await entry.refreshFromDb()
    expect(entry.title).toBe('Mist')
  })

  test('two who save at the same time: one is told', async () => {
    await makeEntry()
    const _version = inputValue(await client.get('/entries/fog/edit/'), '_version')!
    const answers = await Promise.all(
      ['Mist', 'Rain'].map((title) => client.post('/entries/fog/edit/', { form: { title, words: 1, _version } })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 303])
    expect(await Note.objects.count()).toBe(1)
  })

  test('checks nothing where that is turned off', async () => {
    await makeEntry()
    expect((await client.get('/entries/fog/unchecked/')).text()).not.toContain('_version')
  })

  test('checks with a form of one’s own too', async () => {
    const writer = await Writer.objects.create({ name: 'Ada' })
    const path = `/writers/${writer.id}/`
    const opened = inputValue(await client.get(path), '_version')!
    await Writer.objects.update({ name: 'Eve' })
    const told = await client.post(path, { form: { name: 'Bob', _version: opened } })
    expect(told.text()).toContain('Somebody else changed this writer')
    expect((await client.post(path, { form: { name: 'Nobody' } })).text()).toContain('That is nobody.')
  })

  test('asks the database little', async () => {
    await makeEntry()
    const { queries } = await captureQueries(() => client.get('/entries/fog/edit/'))
    expect(queries).toHaveLength(1)
  })
})

describe('DeleteView', () => {
  test('asks with what goes as well, and deletes on POST', async () => {
    const entry = await makeEntry()
    await Note.objects.create({ text: 'n', entry })
    const asked = await client.get('/entries/fog/delete/')
    expect(asked.text().trim()).toBe('Fog 2 false')
    expect(await Entry.objects.count()).toBe(1)
    expect(goesTo(await client.post('/entries/fog/delete/'))).toEqual([303, '/entries/'])
    expect([await Entry.objects.count(), await Note.objects.count()]).toEqual([0, 0])
    expect((await client.post('/entries/fog/delete/')).status).toBe(404)
  })

  test('answers DELETE', async () => {
    await makeEntry()
    expect((await client.delete('/entries/fog/delete/')).status).toBe(303)
    expect(await Entry.objects.count()).toBe(0)
  })

  test('goes where the function says, which sees the row as it was', async () => {
    const writer = await Writer.objects.create({ name: 'Ada' })
    const response = await client.post(`/writers/${writer.id}/delete/`)
    expect(goesTo(response)).toEqual([303, `/gone/${writer.id}/Ada/`])
  })

  test('a row that others need is told, not a failure', async () => {
    const writer = await Writer.objects.create({ name: 'Ada' })
    await Contract.objects.create({ title: 'Paper', writer })
    const path = `/writers/${writer.id}/delete/`
    expect((await client.get(path)).text().trim()).toBe('Ada 1 true 1 Paper')
    const refused = await client.post(path)
    expect(refused.status).toBe(200)
    expect(refused.text()).toContain('This writer cannot be deleted, since others need it.')
    expect(await Writer.objects.count()).toBe(1)
  })

  test('may ask for more than a click', async () => {
    const writer = await Writer.objects.create({ name: 'Ada' })
    const path = `/writers/${writer.id}/type/`
    expect((await client.post(path, { form: { name: 'Bob' } })).text()).toContain('Type Ada.')
    expect(await Writer.objects.count()).toBe(1)
    expect((await client.post(path, { form: { name: 'Ada' } })).status).toBe(303)
    expect(await Writer.objects.count()).toBe(0)
  })

  test('needs to know where to go, before anything is deleted', async () => {
    const writer = await Writer.objects.create({ name: 'Ada' })
    await expect(client.post(`/writers/${writer.id}/lost/`)).rejects.toThrow('Give it a successUrl, or override')
    expect(await Writer.objects.count()).toBe(1)
  })
})
