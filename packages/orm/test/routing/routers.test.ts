import { describe, expect, test } from 'vitest'
import {
  atomic,
  captureQueries,
  closeDatabases,
  configureDatabases,
  type DatabaseRouter,
  database,
  databaseAliasOf,
  onCommit,
} from '../../src/index.ts'
import { Author, Profile } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { library, tablesOf } from '../library/use-library.ts'
import { anotherDatabase, useTemporaryDatabase } from '../temporary-database.ts'

const place = useTemporaryDatabase()

/** Two databases, both with the library's tables: `default` and `other`. */
async function configure(...routers: DatabaseRouter[]): Promise<void> {
  await closeDatabases()
  configureDatabases({ default: place.url, other: await anotherDatabase() }, { routers })
  for (const alias of ['default', 'other']) await database(alias).script(tablesOf(library))
}

/** Which databases `work` asked, in order, without repetition. */
async function asked(work: () => unknown): Promise<string[]> {
  const { queries } = await captureQueries(async () => void (await work()))
  return [...new Set(queries.map(({ alias }) => alias))]
}

const names = async (alias: string) =>
  (await database(alias).all({ sql: 'SELECT name FROM library_author ORDER BY name' }, [])).map(([name]) => name)

describe('two databases', () => {
  test('are apart: rows, transactions and callbacks', async () => {
    await configure()
    const ran: string[] = []
    await atomic(async () => {
      await Author.objects.create({ name: 'here', slug: 'a' })
      await atomic(
        async () => {
          await Author.objects.using('other').create({ name: 'there', slug: 'a' })
          onCommit(() => void ran.push('other'), { using: 'other' })
          onCommit(() => void ran.push('default'))
        },
        { using: 'other' },
      )
      expect(ran).toEqual(['other'])
      throw new Error('undone')
    }).catch(() => {})
    expect(ran).toEqual(['other'])
    expect(await names('default')).toEqual([])
    expect(await names('other')).toEqual(['there'])
  })

  test('a row stays in its own', async () => {
    await configure()
    const ada = await Author.objects.using('other').create({ name: 'Ada', slug: 'ada' })
    expect(databaseAliasOf(ada)).toBe('other')
    ada.name = 'Ada L.'
    const steps = await asked(async () => {
      await ada.save()
      const book = await ada.books.create({ title: 'One' })
      const tag = await book.tags.create({ name: 'sf' })
      await book.tags.set([])
      await tag.books.add(book)
      await book.refreshFromDb()
      await Book.objects.using('other').prefetchRelated('tags')
      await book.author
      await ada.books.all().count()
      await ada.delete()
    })
    expect(steps).toEqual(['other'])
    expect(await names('other')).toEqual([])
  })

  test('a new row goes where the row is that it is related to', async () => {
    await configure()
    const ada = await Author.objects.using('other').create({ name: 'Ada', slug: 'ada' })
    const book = new Book({ title: 'One', author: ada })
    await book.save()
    expect(databaseAliasOf(book)).toBe('other')
    const profile = new Profile({ bio: '', author: new Author({ name: 'Bob', slug: 'bob', mentor: ada }) })
    expect(databaseAliasOf(profile)).toBe('other')
  })

  test('rows of two cannot be related, unless a router says so', async () => {
    await configure()
    const ada = await Author.objects.using('other').create({ name: 'Ada', slug: 'ada' })
    const tag = await Tag.objects.using('other').create({ name: 'sf' })
    const bob = await Author.objects.create({ name: 'Bob', slug: 'bob' })
    const book = await Book.objects.create({ title: 'One', author: bob })
    const message = /Book\.author relates a row of database 'default' to one of 'other'.*allowRelation/
    expect(() => {
      book.author = ada
    }).toThrow(message)
    await expect(Book.objects.create({ title: 'Two', author: bob, editor: ada })).rejects.toThrow(
      /Book\.editor relates/,
    )
    await expect(book.tags.add(tag)).rejects.toThrow(/Book\.tags relates/)
    await expect(bob.pupils.add(ada)).rejects.toThrow(/Author\.pupils relates/)
    expect(book.authorId).toBe(bob.id)
  })
})

describe('reads from a replica', () => {
  // As a replica would be: the same rows in both, the aliases apart.
  const replica: DatabaseRouter = {
    dbForRead: () => 'other',
    dbForWrite: () => 'default',
    allowRelation: () => true,
  }
  const fill = async () => {
    await configure(replica)
    for (const alias of ['default', 'other']) {
      const ada = await Author.objects.using(alias).create({ name: 'Ada', slug: 'ada' })
      await Book.objects.using(alias).create({ title: 'One', author: ada })
    }
  }

  test('writes go to the primary', async () => {
    await fill()
    expect(await asked(() => Author.objects.filter({ name: 'Ada' }))).toEqual(['other'])
    expect(await asked(() => Author.objects.count())).toEqual(['other'])
    expect(await asked(async () => void (await Array.fromAsync(Author.objects.iterator())))).toEqual(['other'])
    expect(await asked(() => Author.objects.filter({ name: 'Bob' }).update({ name: 'Bo' }))).toEqual(['default'])
    expect(await asked(() => Author.objects.create({ name: 'Cleo', slug: 'cleo' }))).toEqual(['default'])
    expect(await asked(() => Author.objects.bulkCreate([{ name: 'Dan', slug: 'dan' }]))).toEqual(['default'])
    expect(await asked(() => Author.objects.filter({ name: 'Dan' }).delete())).toEqual(['default'])
    expect(await names('default')).toEqual(['Ada', 'Cleo'])
    expect(await names('other')).toEqual(['Ada'])
  })

  test('what is read to be written is read from the primary', async () => {
    await fill()
    await Author.objects.create({ name: 'Cleo', slug: 'cleo' })
    expect(await asked(() => Author.objects.getOrCreate({ slug: 'cleo' }, { name: 'x' }))).toEqual(['default'])
    expect(await asked(() => Author.objects.updateOrCreate({ slug: 'cleo' }, { name: 'Cleopatra' }))).toEqual([
      'default',
    ])
    expect(await names('default')).toEqual(['Ada', 'Cleopatra'])
  })

  test('a row of the replica is saved to the primary, in what changed, and deleted there', async () => {
    await fill()
    const ada = await Author.objects.get({ name: 'Ada' })
    expect(databaseAliasOf(ada)).toBe('other')
    ada.name = 'Ada L.'
    const { queries } = await captureQueries(() => ada.save())
    expect(queries.map(({ alias, sql }) => [alias, sql.replaceAll(/[?]|\$\d/g, '_')])).toEqual([
      ['default', 'UPDATE "library_author" SET "name" = _ WHERE "id" = _'],
    ])
    expect(await names('default')).toEqual(['Ada L.'])
    expect(await names('other')).toEqual(['Ada'])
    const [book] = await Book.objects.all()
    expect(await asked(() => book!.author)).toEqual(['other'])
    expect(await asked(() => book!.tags.add())).not.toContain('other')
    expect(await asked(() => book!.tags.create({ name: 'sf' }))).toEqual(['default'])
    expect(await asked(() => book!.delete())).toEqual(['default'])
    expect(await Book.objects.using('default').count()).toBe(0)
    expect(await Book.objects.count()).toBe(1)
  })

  test('rows of both can be related', async () => {
    await fill()
    const read = await Author.objects.get({ name: 'Ada' })
    const bob = await Author.objects.create({ name: 'Bob', slug: 'bob' })
    bob.mentor = read
    await bob.save()
    expect(await Author.objects.using('default').filter({ mentor: read }).count()).toBe(1)
  })

  test('using() has the last word', async () => {
    await fill()
    expect(await asked(() => Author.objects.using('default').count())).toEqual(['default'])
    const ada = await Author.objects.get({ name: 'Ada' })
    ada.name = 'Ada of the replica'
    expect(await asked(() => ada.save({ using: 'other' }))).toEqual(['other'])
  })
})

test('a router for each model: the first that has an answer is followed', async () => {
  const seen: unknown[] = []
  const tags: DatabaseRouter = {
    dbForRead: (model) => (model.meta.name === 'Tag' ? 'other' : undefined),
    dbForWrite: (model) => (model.meta.name === 'Tag' ? 'other' : undefined),
  }
  const last: DatabaseRouter = {
    dbForRead(model, { instance }) {
      seen.push([model.meta.label, instance])
      return 'default'
    },
  }
  await configure(tags, last)
  expect(await asked(() => Tag.objects.create({ name: 'sf' }))).toEqual(['other'])
  expect(await asked(() => Tag.objects.all())).toEqual(['other'])
  const ada = await Author.objects.create({ name: 'Ada', slug: 'ada' })
  expect(databaseAliasOf(ada)).toBe('default')
  expect(await asked(() => ada.books.all())).toEqual(['default'])
  expect(seen).toEqual([['library.Book', ada]])
})

test('an alias that a router makes up is told so', async () => {
  await configure({ dbForRead: () => 'othr' })
  await expect((async () => Author.objects.count())()).rejects.toThrow(/no database 'othr'. Did you mean 'other'/)
})
