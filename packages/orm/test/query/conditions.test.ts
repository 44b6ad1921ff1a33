import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { Case, Exists, F, FieldError, Lower, OuterRef, Q, QueryError, Value, When } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

const { objects } = Book
const titles = async (books: PromiseLike<{ title: string }[]>) => (await books).map(({ title }) => title).join(' ')
const names = async (rows: PromiseLike<{ name: string }[]>) => (await rows).map(({ name }) => name).join(' ')

describe('xor', () => {
  test('is an odd number of conditions that hold', async () => {
    const [one, long, ada] = [Q({ title: 'One' }), Q({ pages__gte: 100 }), Q({ author__name: 'Ada' })]
    expect(await titles(objects.filter(one.xor(long)))).toBe('Three')
    expect(await titles(objects.filter(long.xor(ada)))).toBe('Two Three')
    // All three hold of One, and one of Two and of Three.
    expect(await titles(objects.filter(one.xor(long).xor(ada)))).toBe('One Two Three')
    expect(await titles(objects.exclude(long.xor(ada)))).toBe('One Four Five')
    expect(await titles(objects.filter(long.xor(ada).not()))).toBe('One Four Five')
  })

  test('keeps rows without a related row, of which a condition does not hold', async () => {
    expect(await titles(objects.filter(Q({ editor__name: 'Bob' }).xor({ pages: 50 })))).toBe('One Four')
    expect(await titles(objects.exclude(Q({ editor__name: 'Bob' }).xor({ pages: 50 })))).toBe('Two Three Five')
  })

  test('means what JavaScript means by it', async () => {
    const rows = await objects.selectRelated('editor')
    const leaf = fc.oneof(
      fc
        .constantFrom('One', 'Two', 'Four')
        .map((title) => ({ q: Q({ title }), holds: (row: Book) => row.title === title })),
      fc.constantFrom(50, 100).map((pages) => ({
        q: Q({ pages__gt: pages }),
        holds: (row: Book) => row.pages !== null && row.pages > pages,
      })),
      fc.constantFrom('Ada', 'Bob').map((name) => ({
        q: Q({ editor__name: name }),
        holds: (row: Book) => (row.editor as Author | null)?.name === name,
      })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(leaf, { minLength: 2, maxLength: 5 }), fc.boolean(), async (parts, negated) => {
        const joined = parts.slice(1).reduce<Q>((all, { q }) => all.xor(q as never) as Q, parts[0]!.q as Q)
        const expected = rows.filter((row) => (parts.filter(({ holds }) => holds(row)).length % 2 === 1) !== negated)
        const found = await titles(negated ? objects.exclude(joined as never) : objects.filter(joined as never))
        expect(found).toBe(expected.map(({ title }) => title).join(' '))
      }),
      { numRuns: 60 },
    )
  })
})

describe('conditions compare', () => {
  test('a column with another, over relations as well', async () => {
    expect(await titles(objects.filter({ author: F('editor') }))).toBe('Five')
    expect(await titles(objects.filter({ author__mentor: F('editor') }))).toBe('Three')
    expect(await titles(objects.exclude({ author: F('editor') }))).toBe('One Two Three Four')
    expect(await names(Author.objects.filter({ books__editor: F('id') }))).toBe('Cleo')
    expect(await titles(objects.filter({ pages__gt: F('id').multiply(50) }))).toBe('One Three')
    expect(await titles(objects.filter({ pages__in: [F('id').multiply(100), 50] }))).toBe('One Three Four')
    expect(await titles(objects.filter({ pages__range: [F('id').multiply(12), 60] }))).toBe('Four')
  })

  test('text with text that only the database knows, whatever is in it', async () => {
    await Author.objects.create({ name: '50%_[*]', slug: 'x' })
    await objects.filter({ title: 'One' }).update({ title: 'a 50%_[*] b' })
    const slugs = async (lookup: string) => {
      const author = Author.objects.filter({ name: '50%_[*]' })
      const name = author.values('name').slice(0, 1)
      return titles(
        objects
          .annotate({ name: Case(When({ id__gt: 0 }, Value('50%_[*]'))) })
          .filter({ [lookup]: F('name') } as never),
      ).then(async (found) => `${found} ${await author.count()} ${(await name).length}`)
    }
    expect(await slugs('title__contains')).toBe('a 50%_[*] b 1 1')
    expect(await slugs('title__icontains')).toBe('a 50%_[*] b 1 1')
    expect(await slugs('title__startswith')).toBe(' 1 1')
    expect(await titles(objects.filter({ title__iexact: Lower('title') }))).toBe('a 50%_[*] b Two Three Four Five')
    expect(await titles(objects.filter({ title__endswith: F('title') }))).toBe('a 50%_[*] b Two Three Four Five')
  })

  test('one value of a queryset, which must be one row where it is an equality', async () => {
    const longest = objects.filter({ pages__isnull: false }).orderBy('-pages').values('pages').slice(0, 1)
    expect(await titles(objects.filter({ pages: longest } as never))).toBe('Three')
    expect(await titles(objects.filter({ pages__lt: longest } as never))).toBe('One Four')
    expect(() => objects.filter({ pages: objects.values('pages') } as never)).toThrow(QueryError)
    expect(() => objects.filter({ pages__contains: longest } as never)).toThrow(FieldError)
    expect(() => objects.filter({ pages__in: objects.values('pages', 'id') } as never)).toThrow(QueryError)
  })

  test('with rows of a queryset that is none', async () => {
    expect(await titles(objects.filter({ author__in: Author.objects.none() }))).toBe('')
    expect(await titles(objects.exclude({ author__in: Author.objects.none() }))).toBe('One Two Three Four Five')
    expect(await titles(objects.filter({ author__in: Author.objects.all() }))).toBe('One Two Three Four Five')
  })
})

describe('expressions that are true or false', () => {
  test('stand in filter, exclude and Q beside others', async () => {
    const hasLong = Exists(Book.objects.filter({ author: OuterRef('pk'), pages__gt: 200 }))
    expect(await names(Author.objects.filter(hasLong))).toBe('Bob')
    expect(await names(Author.objects.exclude(hasLong))).toBe('Ada Cleo')
    expect(await names(Author.objects.filter(hasLong.not(), { name__lt: 'B' }))).toBe('Ada')
    expect(await names(Author.objects.filter(hasLong.or({ name: 'Cleo' })))).toBe('Bob Cleo')
    expect(await names(Author.objects.filter(Q(hasLong).and({ name: 'Cleo' })))).toBe('')
    expect(await names(Author.objects.filter(hasLong.xor({ name__gt: 'B' })))).toBe('Cleo')
  })

  test('are values of annotations, which are filtered and ordered by', async () => {
    const long = objects.annotate({ long: Q({ pages__gt: 60 }), edited: Q({ editor__name__gt: 'A' }) })
    expect(await titles(long.filter({ long: true }))).toBe('One Three')
    const rows = await long.orderBy('-edited', 'id').values('title', 'edited')
    expect(rows.filter(({ edited }) => edited).map(({ title }) => title)).toEqual(['One', 'Three', 'Five'])
    expect(rows).toHaveLength(5)
    expect(await titles(objects.filter(F('isDraft') as never))).toBe('')
    expect(await titles(objects.exclude(F('isDraft') as never))).toBe('One Two Three Four Five')
  })

  test('must be true or false', () => {
    expect(() => objects.filter(F('pages') as never)).toThrow(
      'takes an expression that is true or false, not one of type integer',
    )
    expect(() => objects.filter(1 as never)).toThrow(FieldError)
    expect(() => objects.filter({ pages: F('pags') } as never)).toThrow("Book has no field 'pags'")
    expect(() => objects.filter({ pages__isnull: F('isDraft') } as never)).toThrow('true or false')
    expect(() => objects.filter({ pages__in: F('id') } as never)).toThrow('a list')
  })
})

test('several conditions of one filter hold together and share joins', async () => {
  expect(await titles(objects.filter({ tags__name: 'sf' }, { tags__name: 'fun' }))).toBe('')
  expect(await titles(objects.filter({ tags__name: 'sf' }, Q({ title: 'One' }).or({ title: 'Two' })))).toBe('One Two')
  expect(await titles(objects.exclude({ pages: 100 }, { title: 'One' }))).toBe('Two Three Four Five')
  expect(await titles(objects.filter())).toBe('One Two Three Four Five')
  expect(await titles(objects.filter({}, {}))).toBe('One Two Three Four Five')
})
