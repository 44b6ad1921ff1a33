import { describe, expect, test } from 'vitest'
import { EmptyPage, PageNotAnInteger, Paginator, type PaginatorOptions } from '../src/index.ts'

const rows = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

describe('Paginator', () => {
  // Rows, rows a page, orphans, empty first page allowed: pages, and the first and last row of each. Django's own table.
  test.each<[count: number, perPage: number, orphans: number, allowEmpty: boolean, pages: [number, number][]]>([
    [
      9,
      4,
      0,
      false,
      [
        [1, 4],
        [5, 8],
        [9, 9],
      ],
    ],
    [
      9,
      4,
      1,
      false,
      [
        [1, 4],
        [5, 9],
      ],
    ],
    [
      10,
      4,
      0,
      true,
      [
        [1, 4],
        [5, 8],
        [9, 10],
      ],
    ],
    [
      10,
      4,
      1,
      true,
      [
        [1, 4],
        [5, 8],
        [9, 10],
      ],
    ],
    [
      10,
      4,
      2,
      true,
      [
        [1, 4],
        [5, 10],
      ],
    ],
    [
      10,
      4,
      5,
      true,
      [
        [1, 4],
        [5, 10],
      ],
    ],
    [10, 4, 6, true, [[1, 10]]],
    [1, 4, 0, false, [[1, 1]]],
    [1, 4, 2, true, [[1, 1]]],
    [0, 4, 0, true, [[0, 0]]],
    [0, 4, 0, false, []],
    [0, 1, 1, true, [[0, 0]]],
    [11, 10, 5, false, [[1, 11]]],
    [
      23,
      10,
      3,
      true,
      [
        [1, 10],
        [11, 23],
      ],
    ],
  ])('%i rows, %i a page, %i orphans', async (count, perPage, orphans, allowEmptyFirstPage, pages) => {
    const paginator = new Paginator(rows(count), perPage, { orphans, allowEmptyFirstPage })
    expect([paginator.count, paginator.numPages]).toEqual([count, pages.length])
    expect(paginator.pageRange).toEqual(rows(pages.length))
    for (const [index, [first, last]] of pages.entries()) {
      const page = await paginator.page(index + 1)
      expect([page.startIndex(), page.endIndex()]).toEqual([first, last])
      expect([...page]).toEqual(count === 0 ? [] : rows(last).slice(first - 1))
      expect([page.hasPrevious(), page.hasNext()]).toEqual([index > 0, index < pages.length - 1])
    }
  })

  test.each<[number: unknown, error: new (message: string) => Error, message: string]>([
    [0, EmptyPage, 'Pages are numbered from 1 on; got 0.'],
    [-1, EmptyPage, 'got -1'],
    ['0', EmptyPage, 'got 0'],
    [4, EmptyPage, 'There is no page 4; there are 3.'],
    ['x', PageNotAnInteger, "A page has a whole number; got 'x'."],
    ['', PageNotAnInteger, "got ''"],
    ['1e0', PageNotAnInteger, "got '1e0'"],
    [1.5, PageNotAnInteger, 'got 1.5'],
    [Number.NaN, PageNotAnInteger, 'got NaN'],
    [null, PageNotAnInteger, 'got object'],
    [undefined, PageNotAnInteger, 'got undefined'],
  ])('page %s', async (number, error, message) => {
    const paginator = new Paginator(rows(9), 4)
    await expect(paginator.page(number as number)).rejects.toThrow(error)
    await expect(paginator.page(number as number)).rejects.toThrow(message)
  })

  test.each<[number: unknown, page: number, options?: PaginatorOptions]>([
    ['2', 2],
    [' 2 ', 2],
    ['x', 1],
    [undefined, 1],
    [0, 3],
    [-5, 3],
    [99, 3],
    ['99999999999999999999', 3],
  ])('getPage(%s) is page %i', async (number, page) => {
    expect((await new Paginator(rows(9), 4).getPage(number)).number).toBe(page)
  })

  test('a page knows its neighbours', async () => {
    const page = await new Paginator(rows(9), 4).page('2')
    expect([page.number, page.length, page.at(0), page.at(-1)]).toEqual([2, 4, 5, 8])
    expect([page.hasOtherPages(), page.nextPageNumber(), page.previousPageNumber()]).toEqual([true, 3, 1])
    expect(String(page)).toBe('<Page 2 of 3>')
    const last = await page.paginator.page(3)
    expect(() => last.nextPageNumber()).toThrow(EmptyPage)
    const only = await new Paginator(rows(1), 4).page(1)
    expect([only.hasOtherPages(), only.hasNext()]).toEqual([false, false])
    expect(() => only.previousPageNumber()).toThrow(EmptyPage)
  })

  test.each<[number: number, range: string]>([
    [1, '1 2 3 4 … 49 50'],
    [6, '1 2 3 4 5 6 7 8 9 … 49 50'],
    [7, '1 2 3 4 5 6 7 8 9 10 … 49 50'],
    [8, '1 2 … 5 6 7 8 9 10 11 … 49 50'],
    [43, '1 2 … 40 41 42 43 44 45 46 … 49 50'],
    [44, '1 2 … 41 42 43 44 45 46 47 48 49 50'],
    [50, '1 2 … 47 48 49 50'],
  ])('around page %i of 50: %s', (number, range) => {
    expect(new Paginator(rows(50), 1).elidedPageRange(number).join(' ')).toBe(range)
  })

  test('few pages are shown whole, and the gaps may look otherwise', () => {
    expect(new Paginator(rows(10), 1).elidedPageRange(5)).toEqual(rows(10))
    const range = new Paginator(rows(20), 1).elidedPageRange(10, { onEachSide: 1, onEnds: 0, ellipsis: '-' })
    expect(range).toEqual(['-', 9, 10, 11, '-'])
  })

  test('takes a whole number of rows a page', () => {
    expect(() => new Paginator([], 0)).toThrow('at least one row a page')
    expect(() => new Paginator([], 2.5)).toThrow('It got 2.5.')
  })
})
