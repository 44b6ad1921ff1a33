import { beforeEach, describe, expect, test } from 'vitest'
import { Count, F, FieldError, Lag, Q, Rank, RowNumber, Sum, Window } from '../../src/index.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

const { objects } = Book
const titles = async (books: PromiseLike<{ title: string }[]>) => (await books).map(({ title }) => title).join(' ')
const place = Window(RowNumber(), { partitionBy: 'author', orderBy: F('pages').desc({ nullsLast: true }) })

describe('windows', () => {
  test('are computed over the rows of a partition, in their order and frame', async () => {
    const rows = await objects.orderBy('id').annotate({
      place,
      sum: Window(Sum('pages'), { orderBy: 'id', frame: { type: 'rows', start: -1, end: 0 } }),
      all: Window(Count('id')),
      before: Window(Lag('title'), { orderBy: 'id' }),
    })
    expect(rows.map(({ title, place, sum, all, before }) => [title, place, sum, all, before])).toEqual([
      ['One', 1, 100, 5, null],
      ['Two', 2, 100, 5, 'One'],
      ['Three', 1, 300, 5, 'Two'],
      ['Four', 2, 350, 5, 'Three'],
      ['Five', 1, 50, 5, 'Four'],
    ])
  })

  test('are filtered by, alone, with other conditions and in an or', async () => {
    const placed = objects.annotate({ place })
    expect(await titles(placed.filter({ place: 1 }).orderBy('-title'))).toBe('Three One Five')
    expect(await titles(placed.filter({ place: 1, pages__gt: 100 }))).toBe('Three')
    // The other condition is asked before the window is computed, as in Django.
    expect(await titles(placed.filter({ title__startswith: 'T' }).filter({ place: 1 }).orderBy('id'))).toBe('Two Three')
    expect(await titles(placed.filter(Q({ place: 2 }).or({ title: 'Five' })).orderBy('id'))).toBe('Two Four Five')
    expect(await titles(placed.exclude({ place: 1 }).orderBy('id'))).toBe('Two Four')
    expect(await titles(placed.filter(Q({ place: 2 }).and(Q({ tags__name: 'sf' }).not())).orderBy('id'))).toBe('Four')
  })

  test('are filtered by in counts, slices, values, subqueries and aggregates', async () => {
    const firsts = objects.annotate({ place }).filter({ place: 1 })
    expect(await firsts.count()).toBe(3)
    expect(await firsts.exists()).toBe(true)
    expect(await titles(firsts.orderBy('-title').slice(1, 2))).toBe('One')
    expect(await firsts.orderBy('place', 'title').values('title', 'place').first()).toEqual({ title: 'Five', place: 1 })
    expect(await titles(objects.filter({ id__in: firsts.values('id') }))).toBe('One Three Five')
    expect(await titles(objects.exclude({ id__in: firsts.values('id') }))).toBe('Two Four')
    expect(await firsts.aggregate({ sum: Sum('pages') })).toEqual({ sum: 400 })
    expect(await objects.annotate({ place }).aggregate({ places: Sum('place') })).toEqual({ places: 7 })
    const related = await firsts.selectRelated('author').orderBy('author__name')
    expect(related.map(({ title, author }) => `${title} ${author.name}`)).toEqual(['One Ada', 'Three Bob', 'Five Cleo'])
  })

  test('are computed over groups', async () => {
    const rows = objects
      .values('author__name')
      .annotate({ n: Count('id') })
      .annotate({ rank: Window(Rank(), { orderBy: F('n').desc() }) })
      .orderBy('author__name')
    expect(await rows).toEqual([
      { author__name: 'Ada', n: 2, rank: 1 },
      { author__name: 'Bob', n: 2, rank: 1 },
      { author__name: 'Cleo', n: 1, rank: 3 },
    ])
    expect(await rows.filter({ rank: 3 })).toEqual([{ author__name: 'Cleo', n: 1, rank: 3 }])
  })

  test('are refused where they cannot be computed', async () => {
    expect(() => objects.annotate({ x: Window(F('pages') as never) })).toThrow(FieldError)
    await expect(async () => await objects.annotate({ x: RowNumber() } as never)).rejects.toThrow('put it in Window(…)')
    await expect(objects.update({ pages: place } as never)).rejects.toThrow('takes no window function')
  })
})
