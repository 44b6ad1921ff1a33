import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ListedEntry } from '../../src/directory/list-folder.ts'
import { type Listing, listingPage, messagePage, pagePolicy, readableSize } from '../../src/directory/listing-page.ts'

const file = (name: string, size = 1): ListedEntry => ({ name, isFolder: false, size, modified: 0 })
const listing = (more: Partial<Listing>): string =>
  listingPage({
    rootName: 'site',
    mount: '',
    names: [],
    entries: [],
    order: { key: 'name', isDescending: false },
    ...more,
  })

test('names are text, whatever they hold, and links lead to what they name', () => {
  const page = listing({
    entries: [file('<script>alert("1")</script>&.txt'), file('c:x'), file('100%?#.txt'), file('é')],
  })
  expect(page).not.toContain('<script>')
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;.txt')
  const links = [...page.matchAll(/href="(\.\/[^"]*)"/g)].map(([, href]) => href)
  expect(links.map((href) => decodeURIComponent(new URL(href!, 'http://x/').pathname))).toEqual([
    '/<script>alert("1")</script>&.txt',
    '/c:x',
    '/100%?#.txt',
    '/é',
  ])
})

test('the way back is shown, below wherever the server is mounted', () => {
  const page = listing({ mount: '/files', names: ['a b', 'c'] })
  expect([...page.matchAll(/<h1>.*<\/h1>/g)][0]![0]).toBe(
    '<h1><a href="/files/">site</a><span class="slash">/</span><a href="/files/a%20b/">a b</a><span class="slash">/</span><span aria-current="page">c</span></h1>',
  )
  expect(page).toContain('href="../"')
  expect(listing({})).not.toContain('href="../"')
})

test('the columns sort, and the one that does turns round', () => {
  const links = (page: string): string[] => [...page.matchAll(/href="(\?sort=[^"]*)"/g)].map(([, href]) => href!)
  expect(links(listing({}))).toEqual(['?sort=name&amp;order=desc', '?sort=size', '?sort=modified'])
  const page = listing({ order: { key: 'size', isDescending: true } })
  expect(links(page)).toEqual(['?sort=name', '?sort=size', '?sort=modified'])
  expect(page).toContain('class="size" aria-sort="descending"')
})

test('what is there is summed up', () => {
  const foot = (entries: ListedEntry[]): string => /<p class="foot">(.*)<\/p>/.exec(listing({ entries }))![1]!
  const folder = { name: 'a', isFolder: true, size: undefined, modified: 0 }
  expect(foot([])).toBe('Empty')
  expect(foot([folder])).toBe('1 folder')
  expect(foot([folder, folder, file('b', 1500)])).toBe('2 folders, 1 file · 1.5 kB')
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [9949, '9.9 kB'],
  [9950, '10 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [5e9, '5.0 GB'],
  [9e18, '9000 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(readableSize(bytes)).toBe(text)
})

test('the policy allows the style of the pages, and nothing else', () => {
  for (const page of [listing({}), messagePage('Not found', 'Gone.', '/')]) {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
    expect(pagePolicy).toContain(`style-src 'sha256-${hash('sha256', style, 'base64')}'`)
    expect(page).not.toMatch(/ style=| on\w+=|<script/)
  }
  expect(pagePolicy).toMatch(/^default-src 'none';/)
})
