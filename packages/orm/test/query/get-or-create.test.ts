import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { atomic, FieldError, IntegrityError } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'

useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

test('getOrCreate asks once for what is there', async () => {
  const queries = await queriesOf(async () => {
    const [tag, created] = await Tag.objects.getOrCreate({ name: 'sf' }, { name: 'never' })
    expect([tag.id, created]).toEqual([people.sf.id, false])
  })
  expect(queries).toBe(1)
})

test('conditions with a lookup find, and are no values', async () => {
  const [author, created] = await Author.objects.getOrCreate(
    { name__iexact: 'dora', slug__startswith: 'd' },
    { name: 'Dora', slug: () => 'dora' },
  )
  expect([author.name, author.slug, created]).toEqual(['Dora', 'dora', true])
  expect((await Author.objects.getOrCreate({ name__iexact: 'DORA' }, { name: 'x', slug: 'x' }))[1]).toBe(false)
})

test('several rows are as wrong as for get', async () => {
  await expect(Book.objects.getOrCreate({ author: people.ada })).rejects.toThrow(Book.MultipleObjectsReturned)
})

test('a function among the defaults is called only for a new row', async () => {
  let calls = 0
  const slug = () => {
    calls++
    return 'x'
  }
  await Author.objects.getOrCreate({ name: 'Ada' }, { slug })
  expect(calls).toBe(0)
  await Author.objects.getOrCreate({ name: 'New' }, { slug })
  expect(calls).toBe(1)
})

test('a name that is no field is told before anything is written', async () => {
  await expect(Tag.objects.getOrCreate({ name: 'y' }, { nme: 'x' } as never)).rejects.toThrow(FieldError)
  await expect(Tag.objects.getOrCreate({ books: [1] } as never)).rejects.toThrow()
  expect(await Tag.objects.count()).toBe(3)
})

test('an IntegrityError that is about something else passes, and leaves the transaction usable', async () => {
  await atomic(async () => {
    await expect(Author.objects.getOrCreate({ name: 'Other' }, { slug: 'ada' })).rejects.toThrow(IntegrityError)
    expect(await Author.objects.count()).toBe(3)
  })
})

test('twenty at the same time make one row', async () => {
  const results = await Promise.all(
    // The first ten ask before anybody has written, the others whenever it is their turn.
    Array.from({ length: 20 }, async (_, at) => {
      if (at >= 10) await sleep(at % 3)
      return Author.objects.getOrCreate({ slug: 'race' }, { name: `Racer ${at}` })
    }),
  )
  expect(results.filter(([, created]) => created).length).toBe(1)
  expect(new Set(results.map(([row]) => row.id)).size).toBe(1)
  expect(await Author.objects.filter({ slug: 'race' }).count()).toBe(1)
})

test('updateOrCreate sets the defaults of the row that is there', async () => {
  const [ada, made] = await Author.objects.updateOrCreate({ slug: 'ada' }, { name: () => 'Ada King' })
  expect([ada.id, ada.name, made]).toEqual([people.ada.id, 'Ada King', false])
  expect((await Author.objects.get({ slug: 'ada' })).name).toBe('Ada King')
})

test('updateOrCreate makes one of the conditions and createDefaults', async () => {
  const [eve, made] = await Author.objects.updateOrCreate({ slug: 'eve' }, { born: null }, { name: 'Eve' })
  expect([eve.slug, eve.name, made]).toEqual(['eve', 'Eve', true])
  const [, again] = await Author.objects.updateOrCreate({ slug: 'eve' }, { name: 'Eva' }, { name: 'x' })
  expect([(await Author.objects.get({ slug: 'eve' })).name, again]).toEqual(['Eva', false])
  await expect(Author.objects.updateOrCreate({ slug: 'eve' }, { nme: 'x' } as never)).rejects.toThrow(FieldError)
})

test('twenty updateOrCreate at the same time lose no change', async () => {
  await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      await sleep(at % 3)
      return Author.objects.updateOrCreate({ slug: 'race' }, { name: `Racer ${at}` })
    }),
  )
  expect(await Author.objects.filter({ slug: 'race' }).count()).toBe(1)
  expect((await Author.objects.get({ slug: 'race' })).name).toMatch(/^Racer \d+$/)
})

test('a relation makes rows that are related', async () => {
  const { ada } = people
  const [book, created] = await ada.books.getOrCreate({ title: 'Six' }, { pages: 6 })
  expect([book.authorId, book.pages, created]).toEqual([ada.id, 6, true])
  expect((await ada.books.getOrCreate({ title: 'Six' }))[1]).toBe(false)
  const [seven] = await ada.books.updateOrCreate({ title: 'Seven' }, { pages: 7 })
  expect(seven.authorId).toBe(ada.id)
  const [tag] = await seven.tags.getOrCreate({ name: 'new' })
  expect((await seven.tags).map(({ id }) => id)).toEqual([tag.id])
})

test('create calls a save that the model has overridden', async () => {
  const saves: string[] = []
  const own = Tag.prototype.save
  Tag.prototype.save = async function (this: Tag, options) {
    saves.push(this.name)
    await own.call(this, options)
  }
  try {
    await Tag.objects.create({ name: 'a' })
    await Tag.objects.getOrCreate({ name: 'b' })
  } finally {
    delete (Tag.prototype as { save?: unknown }).save
  }
  expect(saves).toEqual(['a', 'b'])
})
