import { beforeEach, expect, test } from 'vitest'
import { QuerySet } from '../../src/index.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

class OwnQuerySet extends QuerySet<typeof Book> {
  least = 0

  from(least: number): this {
    const copy = this.all()
    copy.least = least
    return copy
  }

  #condition() {
    return { pages__gte: this.least }
  }

  thick(): this {
    return this.filter(this.#condition())
  }
}

const own = new OwnQuerySet(Book)

test('methods of one’s own follow any other, private ones too', async () => {
  expect(own.filter({ title: 'One' }).orderBy('id').thick()).toBeInstanceOf(OwnQuerySet)
  expect((await own.exclude({ title: 'x' }).thick()).length).toBe(3)
})

test('plain properties go along with a chain, and leave what it was made of alone', async () => {
  const narrow = own.from(200).exclude({ title: 'x' })
  expect(narrow.least).toBe(200)
  expect((await narrow.orderBy('title').thick()).map(({ title }) => title)).toEqual(['Three'])
  expect(own.least).toBe(0)
})

test('querysets of a relation are put together like others', async () => {
  const { ada, bob } = people
  const both = await ada.books
    .filter({ title: 'One' })
    .union(bob.books.filter({ title: 'Three' }))
    .orderBy('title')
  expect(both.map(({ title }) => title)).toEqual(['One', 'Three'])
  expect(await ada.books.published().or(bob.books.published()).count()).toBe(4)
})
