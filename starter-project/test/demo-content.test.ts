import { expect, test } from 'vitest'
import { parseArticle } from '../blog/article.ts'
import authors from '../blog/demo/authors.json' with { type: 'json' }
import { readDemoPosts } from '../blog/demo/demo-posts.ts'
import tags from '../blog/demo/tags.json' with { type: 'json' }

const posts = await readDemoPosts()
const slugs = posts.map(({ slug }) => slug)

test('sixty posts to read, two drafts, one for the future', () => {
  const now = Temporal.Now.instant()
  const dated = posts.flatMap(({ publishedAt }) => publishedAt ?? [])
  expect(dated.filter((date) => Temporal.Instant.compare(date, now) > 0)).toHaveLength(1)
  expect(posts.filter(({ isDraft }) => isDraft)).toHaveLength(2)
  expect(posts).toHaveLength(63)
})

test('every slug is its own', () => {
  expect(new Set(slugs).size).toBe(slugs.length)
})

test('every author and every tag of a post exists, and every author writes', () => {
  const knownTags = new Set(tags.map(({ slug }) => slug))
  expect(new Set(posts.map(({ author }) => author))).toEqual(new Set(authors.map(({ slug }) => slug)))
  expect(posts.flatMap((post) => post.tags).filter((tag) => !knownTags.has(tag))).toEqual([])
})

test('links between posts lead somewhere', () => {
  const links = posts
    .flatMap(({ body }) => parseArticle(body))
    .flatMap((block) => ('spans' in block ? block.spans : 'items' in block ? block.items.flat() : []))
    .flatMap((span) => (span.kind === 'link' && span.href.startsWith('/posts/') ? span.href.split('/')[2] : []))
  expect(links.length).toBeGreaterThan(0)
  expect(links.filter((slug) => !slugs.includes(slug ?? ''))).toEqual([])
})
