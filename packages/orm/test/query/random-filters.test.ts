import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { Exists, F, OuterRef, Q } from '../../src/index.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

/** What a condition means, worked out in plain JavaScript. */
interface Meaning {
  readonly q: Q
  holds(row: Plain): boolean
}

interface Plain {
  readonly title: string
  readonly pages: number | null
  readonly author: string
  readonly editor: string | null
  readonly mentor: string | null
  readonly tags: readonly string[]
}

const word = fc.constantFrom('One', 'Two', 'Three', 'Four', 'Five', 'e', 'T')
const person = fc.constantFrom('Ada', 'Bob', 'Cleo', 'Nobody')
const tag = fc.constantFrom('sf', 'fun', 'poem', 'none')
const pages: fc.Arbitrary<number> = fc.constantFrom(49, 50, 100, 300, 301)

const leaf: fc.Arbitrary<Meaning> = fc.oneof(
  word.map((value) => ({ q: Q({ title: value }), holds: (row: Plain) => row.title === value })),
  word.map((value) => ({ q: Q({ title__contains: value }), holds: (row: Plain) => row.title.includes(value) })),
  word.map((value) => ({
    q: Q({ title__icontains: value }),
    holds: (row: Plain) => row.title.toLowerCase().includes(value.toLowerCase()),
  })),
  word.map((value) => ({ q: Q({ title__gt: value }), holds: (row: Plain) => row.title > value })),
  pages.map((value) => ({
    q: Q({ pages__lte: value }),
    holds: (row: Plain) => row.pages !== null && row.pages <= value,
  })),
  fc.array(pages).map((value) => ({ q: Q({ pages__in: value }), holds: (row: Plain) => value.includes(row.pages!) })),
  fc
    .boolean()
    .map((value) => ({ q: Q({ pages__isnull: value }), holds: (row: Plain) => (row.pages === null) === value })),
  person.map((value) => ({ q: Q({ editor__name: value }), holds: (row: Plain) => row.editor === value })),
  person.map((value) => ({ q: Q({ author__mentor__name: value }), holds: (row: Plain) => row.mentor === value })),
  fc
    .boolean()
    .map((value) => ({ q: Q({ editor__isnull: value }), holds: (row: Plain) => (row.editor === null) === value })),
  fc.constant({ q: Q({ editor: F('author') }) as Q, holds: (row: Plain) => row.editor === row.author }),
  pages.map((value) => ({
    q: Q({ pages__gte: F('pages').multiply(2).subtract(value) }) as Q,
    holds: (row: Plain) => row.pages !== null && row.pages <= value,
  })),
  tag.map((value) => ({
    q: Q(Exists(Tag.objects.filter({ books: OuterRef('pk'), name: value }))) as Q,
    holds: (row: Plain) => row.tags.includes(value),
  })),
)

/** Under a negation, and only there, does a condition over many rows ask whether there is any. */
const negatedTag: fc.Arbitrary<Meaning> = tag.map((value) => ({
  q: Q({ tags__name: value }).not(),
  holds: (row: Plain) => !row.tags.includes(value),
}))

function either(a: Meaning, b: Meaning): Meaning {
  return { q: a.q.or(b.q), holds: (row) => a.holds(row) || b.holds(row) }
}

function odd(a: Meaning, b: Meaning): Meaning {
  return { q: a.q.xor(b.q), holds: (row) => a.holds(row) !== b.holds(row) }
}

function both(a: Meaning, b: Meaning): Meaning {
  return { q: a.q.and(b.q), holds: (row) => a.holds(row) && b.holds(row) }
}

const { tree } = fc.letrec<{ single: Meaning; tree: Meaning }>((tie) => ({
  single: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('single').map(({ q, holds }) => ({ q: q.not(), holds: (row: Plain) => !holds(row) })),
    fc.tuple(tie('single'), tie('single')).map(([a, b]) => both(a, b)),
    fc.tuple(tie('single'), tie('single')).map(([a, b]) => either(a, b)),
    fc.tuple(tie('single'), tie('single')).map(([a, b]) => odd(a, b)),
  ),
  tree: fc.oneof(
    { maxDepth: 4 },
    tie('single'),
    negatedTag,
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => both(a, b)),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => either(a, b)),
  ),
}))

test('a tree of conditions means what its parts mean', async () => {
  const rows: Plain[] = []
  for (const book of await Book.objects.selectRelated('author__mentor', 'editor').prefetchRelated('tags')) {
    const tags = (await book.tags).map(({ name }) => name)
    rows.push({
      title: book.title,
      pages: book.pages,
      author: book.author.name,
      editor: book.editor?.name ?? null,
      mentor: book.author.mentor?.name ?? null,
      tags,
    })
  }
  await fc.assert(
    fc.asyncProperty(tree, async ({ q, holds }) => {
      const found = await Book.objects.filter(q as never).values('title')
      expect(found.map(({ title }) => title)).toEqual(rows.filter(holds).map(({ title }) => title))
      const others = await Book.objects.exclude(q as never).values('title')
      expect(others.map(({ title }) => title)).toEqual(rows.filter((row) => !holds(row)).map(({ title }) => title))
    }),
    { numRuns: 400 },
  )
})
