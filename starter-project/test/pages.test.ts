import { assertNumQueries, Client } from 'nuages/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { openSite } from './site.ts'

let client: Client
beforeAll(async () => {
  client = new Client(await openSite())
})

/** The texts of the headings of that level, in order. */
function headings(html: string, level: 1 | 2): string[] {
  return [...html.matchAll(new RegExp(`<h${level}[^>]*>(.*?)</h${level}>`, 'gs'))].map((match) =>
    match[1]!.replace(/<[^>]+>/g, '').trim(),
  )
}

describe('each page asks the database no more than it has to', () => {
  test.each([
    ['/', 2, 'Mackerel Sky'],
    ['/?page=6', 2, 'All posts, page 6'],
    ['/posts/counting-oktas/', 5, 'Counting oktas'],
    ['/tags/', 1, 'Tags'],
    ['/tags/rain/', 3, 'Rain'],
    ['/authors/', 1, 'Authors'],
    ['/authors/han-sora/', 3, 'Han Sora'],
    ['/archive/', 1, 'Archive'],
    ['/archive/2026/', 1, '2026'],
    ['/archive/2026/3/', 1, 'March 2026'],
    ['/search/?q=fog', 2, 'Search'],
    ['/search/', 0, 'Search'],
    ['/about/', 0, 'About'],
  ])('%s: %i', async (path, queries, heading) => {
    const response = await assertNumQueries(queries, () => client.get(path))
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(headings(response.text(), 1)).toEqual([heading])
  })

  test('the feed: the posts with their authors, and the tags of all of them', async () => {
    const response = await assertNumQueries(2, () => client.get('/feed/'))
    expect(response.status).toBe(200)
  })
})

describe('the list', () => {
  test('has ten posts a page, the newest first', async () => {
    const first = (await client.get('/')).text()
    expect(headings(first, 2)).toHaveLength(10)
    expect(headings(first, 2)[0]).toBe('Instructions for borrowing a barometer')
    const last = (await client.get('/?page=last')).text()
    expect(headings(last, 2).at(-1)).toBe('Why we look up')
  })

  test.each(['/?page=0', '/?page=7', '/?page=x', '/?page=-1'])('%s is not found', async (path) => {
    expect((await client.get(path)).status).toBe(404)
  })
})

describe('what is not shown', () => {
  test.each([
    ['a draft', '/posts/a-lexicon-of-polish-snow/'],
    ['a post for the future', '/posts/to-be-opened-in-ten-years/'],
    ['a post that is not there', '/posts/nothing/'],
    ['a tag that is not there', '/tags/nothing/'],
    ['an author who is not there', '/authors/nobody/'],
    ['a year without posts', '/archive/2022/'],
    ['the year of a post for the future', '/archive/2036/'],
    ['a month without posts', '/archive/2024/5/'],
    ['a month that no year has', '/archive/2026/13/'],
    ['a month before the first', '/archive/2026/0/'],
    ['a year that no calendar has', '/archive/99999999/'],
    ['the year nought', '/archive/0/'],
    ['a month of such a year', '/archive/99999999/1/'],
    ['a number that no post has', '/posts/123456/'],
    ['a number beyond the integers of SQLite', '/posts/9007199254740991/'],
  ])('%s is not found', async (_what, path) => {
    expect((await client.get(path)).status).toBe(404)
  })

  test('neither in a search nor in the feed', async () => {
    expect((await client.get('/search/?q=octopus')).text()).toContain('No cloud in sight')
    expect((await client.get('/search/?q=locked+the+drawer')).text()).toContain('No cloud in sight')
    const feed = (await client.get('/feed/')).text()
    expect(feed).not.toContain('Notes on a balloon')
    expect(feed).not.toContain('To be opened in ten years')
  })
})

describe('a post', () => {
  test('shows its text, tags and author, and leads to its neighbours', async () => {
    const html = (await client.get('/posts/a-rain-gauge-with-a-conscience/')).text()
    expect(html).toContain('if t - last &lt; 150 ms: ignore')
    expect(html).toContain('<code>doubt</code>')
    expect(html).toContain('<a href="/tags/instruments/" rel="tag">Instruments</a>')
    expect(html).toContain('<a class="byline__author" href="/authors/ines-varhelyi/">Ines Várhelyi</a>')
    expect(html).toContain('<time datetime="2024-09-30T19:25:00+00:00">30 September 2024</time>')
    expect(html).toContain('href="/posts/what-the-swallows-were-doing/" rel="prev"')
    expect(html).toContain('href="/posts/the-hour-that-came-back/" rel="next"')
  })

  test('the first and the last have one neighbour', async () => {
    expect((await client.get('/posts/why-we-look-up/')).text()).not.toContain('rel="prev"')
    expect((await client.get('/latest/', { follow: true })).text()).not.toContain('rel="next"')
  })

  test('keeps other scripts and emoji', async () => {
    expect((await client.get('/posts/hangul-for-rain/')).text()).toContain('<em>이슬비</em>')
    expect((await client.get('/posts/reading-the-bus-stop/')).text()).toContain('🌦️')
  })
})

describe('redirects', () => {
  test.each([
    ['/posts/counting-oktas', 301, '/posts/counting-oktas/'],
    ['/archive/2026', 301, '/archive/2026/'],
    ['/posts/1/', 301, '/posts/why-we-look-up/'],
    ['/rss/', 301, '/feed/'],
    ['/latest/', 307, '/posts/instructions-for-borrowing-a-barometer/'],
  ])('%s is a %i to %s', async (path, status, location) => {
    const response = await client.get(path)
    expect([response.status, response.headers.get('Location')]).toEqual([status, location])
  })

  test('the address by number does not tell that there is a draft', async () => {
    for (const id of [61, 62, 63]) expect((await client.get(`/posts/${id}/`)).status).toBe(404)
  })
})

describe('the archive', () => {
  test('counts each month, in eighths of the sky', async () => {
    const html = (await client.get('/archive/')).text()
    expect(headings(html, 2)).toEqual(['2026 26 posts', '2025 16 posts', '2024 10 posts', '2023 8 posts'])
    expect(html).toMatch(/href="\/archive\/2026\/3\/">\s*<svg[^>]*><use href="\/static\/blog\/oktas.svg#okta-6"/)
    expect(html).not.toContain('href="/archive/2024/5/"')
  })

  test('a year lists its months, the latest first', async () => {
    const months = headings((await client.get('/archive/2026/')).text(), 2)
    expect([months[0], months.at(-1)]).toEqual(['November', 'January'])
  })
})

describe('search', () => {
  test('finds words in titles and texts, in any order and case', async () => {
    expect((await client.get('/search/?q=SHED+wind+rose')).text()).toContain('The wind rose on the shed')
    expect((await client.get('/search/?q=été')).status).toBe(200)
    expect((await client.get('/search/?q=이슬비')).text()).toContain('Hangul for rain')
    expect((await client.get("/search/?q=summer's")).text()).toContain('An index of last summer’s wind')
  })

  test('keeps the words while pages turn', async () => {
    const html = (await client.get('/search/?q=the+sky')).text()
    expect(html).toContain('href="?q=the%20sky&amp;page=2"')
    expect((await client.get('/search/?q=the+sky&page=2')).status).toBe(200)
  })

  test('an empty query asks for words, and one without results says so', async () => {
    for (const path of ['/search/', '/search/?q=', '/search/?q=%20%20']) {
      expect((await client.get(path)).text()).toContain('Try <a href="?q=fog">fog</a>')
    }
    expect((await client.get('/search/?q=hovercraft')).text()).toContain('nothing matches “hovercraft”')
  })

  test('what was typed is printed, never run', async () => {
    const html = (await client.get('/search/', { query: { q: '"><script>alert(1)</script>' } })).text()
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;')
    expect(html).not.toContain('<script')
  })

  test('% and _ stand for themselves', async () => {
    expect((await client.get('/search/?q=%25')).text()).toContain('nothing matches')
    expect((await client.get('/search/?q=c_oud')).text()).toContain('nothing matches')
  })

  test('a query that is not text is a bad request', async () => {
    expect((await client.get('/search/?q=%FF')).status).toBe(400)
    expect((await client.get(`/search/?q=${'x'.repeat(5000)}`)).status).toBe(200)
    expect((await client.get('/search/?q=a%00b')).status).toBe(400)
    expect((await client.get(`/search/?q=${'a+'.repeat(80)}`)).status).toBe(200)
  })
})

describe('methods', () => {
  test.each(['/', '/posts/counting-oktas/', '/tags/', '/archive/', '/archive/2026/', '/search/', '/about/', '/feed/'])(
    '%s is for reading',
    async (path) => {
      const response = await client.post(path)
      expect(response.status).toBe(405)
      expect(response.headers.get('Allow')).toContain('GET')
      const head = await client.head(path)
      expect([head.status, head.text()]).toEqual([200, ''])
    },
  )
})

test('a page that has not changed is not sent again', async () => {
  const first = await client.get('/archive/')
  const again = await client.get('/archive/', { headers: { 'If-None-Match': first.headers.get('ETag')! } })
  expect([again.status, again.text()]).toEqual([304, ''])
})
