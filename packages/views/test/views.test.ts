import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApplication, resetSetup } from '@nuages/core'
import { captureQueries, closeDatabases, database } from '@nuages/orm'
import { Client } from '@nuages/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Author, LongBook } from './project/library/models.ts'
import { projectSettings } from './project/settings.ts'

const tables = `
  CREATE TABLE library_author (id integer PRIMARY KEY AUTOINCREMENT, name varchar(100) NOT NULL);
  CREATE TABLE library_longbook (
    id integer PRIMARY KEY AUTOINCREMENT,
    title varchar(100) NOT NULL,
    slug varchar(50) NOT NULL UNIQUE,
    pages integer NOT NULL,
    author_id bigint NOT NULL REFERENCES library_author (id)
  );
`

let folder: string
let client: Client

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuages-views-'))
  await resetSetup()
  client = new Client(await createApplication(projectSettings(join(folder, 'library.sqlite3'))), { host: 'testserver' })
  await database().script(tables)
  const woolf = await Author.objects.create({ name: 'Woolf' })
  const kafka = await Author.objects.create({ name: 'Kafka' })
  for (const [title, pages, author] of [
    ['A', 100, woolf],
    ['B', 200, kafka],
    ['C', 300, woolf],
    ['D', 400, kafka],
    ['E', 400, woolf],
    ['F', 600, woolf],
    ['G', 700, woolf],
  ] as const) {
    await LongBook.objects.create({ title, slug: title.toLowerCase(), pages, author })
  }
})

afterAll(async () => {
  await resetSetup()
  await closeDatabases()
  await rm(folder, { recursive: true })
})

async function text(path: string): Promise<string> {
  const response = await client.get(path)
  expect(response.status).toBe(200)
  return response
    .text()
    .trim()
    .replace(/\s*\n\s*/g, '\n')
}

async function status(path: string): Promise<number> {
  return (await client.get(path, { raiseRequestException: false })).status
}

describe('View', () => {
  test('calls the method for the request, with its parameters', async () => {
    expect(await text('/counter/2026/')).toBe('get 2026 2026 true 1')
    expect((await client.post('/counter/1/')).text()).toBe('posted')
  })

  test('is another instance for each request, at the same time as well', async () => {
    const years = [1, 2, 3, 4, 5]
    const texts = await Promise.all(years.map((year) => text(`/counter/${year}/`)))
    expect(texts).toEqual(years.map((year) => `get ${year} ${year} true 1`))
  })

  test('answers HEAD with get, without a body, or with its own head', async () => {
    const head = await client.head('/counter/2026/')
    expect([head.status, head.text()]).toEqual([200, ''])
    expect((await client.head('/head/')).headers.get('X-Head')).toBe('own')
  })

  test('answers 405 with what is allowed, and OPTIONS', async () => {
    const refused = await client.put('/counter/2026/')
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'GET, POST, HEAD, OPTIONS'])
    const options = await client.options('/counter/2026/')
    expect([options.status, options.headers.get('Allow'), options.headers.get('Content-Length')]).toEqual([
      200,
      'GET, POST, HEAD, OPTIONS',
      '0',
    ])
    for (const method of ['SETUP', 'DISPATCH', 'CONSTRUCTOR', 'TOSTRING', '__PROTO__']) {
      expect((await client.request(method, '/counter/2026/')).status).toBe(405)
    }
  })

  test('may answer fewer methods in one place', async () => {
    const refused = await client.post('/get-only/1/')
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'GET, OPTIONS'])
    expect((await client.head('/get-only/1/')).status).toBe(405)
  })

  test('dispatch may answer first', async () => {
    expect(await status('/guarded/')).toBe(403)
    expect((await client.get('/guarded/', { headers: { 'X-Key': 'open' } })).text()).toBe('inside')
  })
})

describe('TemplateView', () => {
  test('shows a template with the parameters, the view and what is added', async () => {
    expect(await text('/about/fog/')).toBe('fog|more|FOG|view')
  })

  test('asView replaces properties', async () => {
    const response = await client.get('/plain/fog/')
    expect([response.text().trim(), response.headers.get('Content-Type')]).toEqual(['fog|-|-|view', 'text/plain'])
  })

  test('needs a template', async () => {
    await expect(client.get('/broken/')).rejects.toThrow('TemplateView has no template. Give it a templateName')
  })
})

describe('RedirectView', () => {
  test.each<[path: string, status: number, location: string | undefined]>([
    ['/to/a/', 302, '/books/a/'],
    ['/moved/a%20b%2Fc%3F/?b=2', 404, undefined],
    ['/moved/a%20b%3F/?b=2', 301, '/about/a%20b%3F/?a=1&b=2'],
    ['/deep/a/b%20c/', 302, '/a/b%20c/'],
    ['/deep//evil.example/', 302, '/%2Fevil.example/'],
    ['/repeat/', 307, '/x/'],
    ['/gone/', 410, undefined],
  ])('%s gives %i to %s', async (path, code, location) => {
    const response = await client.get(path)
    expect([response.status, response.headers.get('Location')]).toEqual([code, location])
  })

  test('answers every method', async () => {
    for (const method of ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect((await client.request(method, '/to/a/')).headers.get('Location')).toBe('/books/a/')
    }
  })

  test('says which parameter is missing', async () => {
    await expect(client.get('/unfilled/')).rejects.toThrow("the url '/x/<nothing>/' needs a parameter 'nothing'")
  })
})

describe('ListView', () => {
  test('divides rows into pages, in three queries at most', async () => {
    const { result, queries } = await captureQueries(() => text('/books/'))
    expect(result).toBe('A by Woolf;B by Kafka;\n2 0  _list\npage 1 of 3, 7 in all')
    expect(queries.map(({ sql }) => sql.split(' ').slice(0, 2).join(' '))).toHaveLength(2)
  })

  test('the last page takes the orphans in', async () => {
    expect(await text('/books/?page=3')).toBe('E by Woolf;F by Woolf;G by Woolf;\n3 0  _list\npage 3 of 3, 7 in all')
    expect(await text('/books/?page=last')).toContain('page 3 of 3')
    expect(await text('/books/page/2/')).toContain('C by Woolf;D by Kafka;')
  })

  test.each(['0', '4', '-1', 'x', '', '1.5', '99999999999999999999'])('page %s is not there', async (page) => {
    expect(await status(`/books/?page=${page}`)).toBe(404)
  })

  test('is ordered, named and given parameters', async () => {
    expect(await text('/by/Woolf/')).toBe(
      'G by Woolf;F by Woolf;E by Woolf;D by Kafka;C by Woolf;B by Kafka;A by Woolf;\n0 7 Woolf _list',
    )
    expect(await status('/by/Nobody/')).toBe(404)
  })

  test('works without a class of its own', async () => {
    expect(await text('/authors/')).toBe('Kafka;Woolf;false')
  })

  test('may refuse to be empty', async () => {
    expect(await status('/none/')).toBe(404)
  })

  test('a queryset that is a property is asked anew for each request', async () => {
    const [author] = await Author.objects.all()
    const book = await LongBook.objects.create({ title: 'Z', slug: 'z', pages: -1, author: author! })
    const shown = await text('/none/').finally(() => book.delete())
    expect(shown).toContain('Z by Kafka')
    expect(await status('/none/')).toBe(404)
  })
})

describe('DetailView', () => {
  test.each<[path: string, shown: string]>([
    ['/books/c/', 'C by Woolf|C||C'],
    ['/id/2/', 'B by Kafka|B||B'],
    ['/both/2/b/', 'B by Kafka|B||B'],
    ['/either/2/nonsense/', 'B by Kafka|B||B'],
    ['/named/d/', 'D by Kafka||D|'],
  ])('%s shows %s', async (path, shown) => {
    expect(await text(path)).toBe(shown)
  })

  test.each(['/books/nope/', '/id/99/', '/both/2/c/', '/named/nope/'])('%s is not there', async (path) => {
    expect(await status(path)).toBe(404)
  })

  test('asks once', async () => {
    const { queries } = await captureQueries(() => text('/books/c/'))
    expect(queries).toHaveLength(1)
  })

  test('says what it needs from the URL', async () => {
    await expect(client.get('/nameless/')).rejects.toThrow(
      "LongBookDetailView needs 'pk' or 'slug' from the URL. The route 'nameless/' gives: nothing.",
    )
  })
})

describe('shortcuts', () => {
  test('render takes status, type and several templates', async () => {
    const response = await client.get('/short/')
    expect([response.status, response.headers.get('Content-Type'), response.text().trim()]).toEqual([
      418,
      'text/plain',
      'render|-|-|none',
    ])
    expect(await text('/text/')).toBe('text|-|-|none')
  })

  test.each<[to: string, status: number, location: string]>([
    ['model', 302, '/books/a/'],
    ['permanent', 301, '/books/a/'],
    ['name', 303, '/books/b/?page=2#x'],
    ['url', 307, '/elsewhere/'],
    ['relative', 308, '../up/'],
    ['absolute', 307, 'https://example.com/%C3%A4'],
  ])('redirect to a %s', async (to, code, location) => {
    const response = await client.get('/go/', { query: { to } })
    expect([response.status, response.headers.get('Location')]).toEqual([code, location])
  })

  test('redirect to a name that is none', async () => {
    await expect(client.get('/go/?to=nowhere')).rejects.toThrow("No URL for 'no-such-name'")
  })

  test('getObjectOr404', async () => {
    expect(await text('/pick/?pages=100')).toBe('A')
    expect(await status('/pick/?pages=1')).toBe(404)
    await expect(client.get('/pick/?pages=400')).rejects.toThrow(LongBook.MultipleObjectsReturned)
  })

  test('getListOr404', async () => {
    expect(await text('/few/?pages=250')).toBe('A by Woolf, B by Kafka')
    expect(await status('/few/?pages=1')).toBe(404)
  })

  test.each<[path: string, allowed: string, refused: string, allow: string]>([
    ['/safe/', 'HEAD', 'POST', 'GET, HEAD'],
    ['/get/', 'GET', 'HEAD', 'GET'],
    ['/post/', 'POST', 'GET', 'POST'],
    ['/two/', 'PATCH', 'GET', 'PUT, PATCH'],
  ])('%s answers %s, not %s', async (path, allowed, refused, allow) => {
    expect((await client.request(allowed, path)).status).toBe(200)
    const response = await client.request(refused, path)
    expect([response.status, response.headers.get('Allow')]).toEqual([405, allow])
  })
})
