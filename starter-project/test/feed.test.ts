import { Client } from 'nuages/testing'
import { beforeAll, expect, test } from 'vitest'
import { Author, Post } from '../blog/models.ts'
import { openSite } from './site.ts'

let client: Client
beforeAll(async () => {
  client = new Client(await openSite())
})

const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/

function texts(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map((match) => match[1]!)
}

test('is Atom, with the newest twenty posts', async () => {
  const response = await client.get('/feed/')
  expect(response.headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8')
  const xml = response.text()
  expect(xml).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/)
  expect(texts(xml, 'entry')).toHaveLength(20)
  expect(texts(xml, 'title').slice(0, 2)).toEqual(['Mackerel Sky', 'Instructions for borrowing a barometer'])
})

test('has what RFC 4287 demands: ids that differ and are absolute, dates, authors, a link to itself', async () => {
  const xml = (await client.get('/feed/')).text()
  const ids = texts(xml, 'id')
  expect(new Set(ids).size).toBe(21)
  for (const id of ids) expect(new URL(id).origin).toBe('http://localhost')
  for (const updated of texts(xml, 'updated')) expect(updated).toMatch(date)
  for (const entry of texts(xml, 'entry')) expect(entry).toMatch(/<author><name>[^<]+<\/name><\/author>/)
  expect(xml).toContain('<link rel="self" type="application/atom+xml" href="http://localhost/feed/"/>')
})

test('was updated when its newest post was', async () => {
  const { headers } = await client.get('/feed/')
  expect(headers.get('Last-Modified')).toBe('Mon, 16 Nov 2026 09:05:00 GMT')
})

test('is not sent again while nothing changed, by ETag or by date', async () => {
  const { headers } = await client.get('/feed/')
  const etag = headers.get('ETag')!
  const modified = headers.get('Last-Modified')!
  expect((await client.get('/feed/', { headers: { 'If-None-Match': etag } })).status).toBe(304)
  expect((await client.get('/feed/', { headers: { 'If-Modified-Since': modified } })).status).toBe(304)
})

test('markup in a post stays text, and characters that XML cannot hold are left out', async () => {
  const author = await Author.objects.create({ name: 'A & B', slug: 'a-b', role: 'x', bio: 'x' })
  await Post.objects.create({
    title: 'Less < more & "quoted"',
    slug: 'less',
    summary: 'x',
    body: '<script>alert(1)</script>\n\n]]> and \u0001 and \uFFFF',
    isDraft: false,
    publishedAt: Temporal.Now.instant(),
    author,
  })
  const xml = (await client.get('/feed/')).text()
  expect(xml).toContain('<title>Less &lt; more &amp; &quot;quoted&quot;</title>')
  expect(xml).toContain('<name>A &amp; B</name>')
  expect(xml).toContain('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>')
  expect(xml).toContain(']]&gt; and  and ')
  expect(xml).not.toMatch(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/u)
})
