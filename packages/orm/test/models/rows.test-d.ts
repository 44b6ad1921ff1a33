import { expectTypeOf, test } from 'vitest'
import {
  type Deferred,
  date,
  dateTime,
  Model,
  manager,
  Prefetch,
  postSave,
  type StaleRowError,
  text,
  version,
} from '../../src/index.ts'
import type { Author } from '../library/author.ts'
import { Book, Tag, Voucher } from '../library/book.ts'

class Note extends Model({ body: text(), on: date(), seen: dateTime({ null: true }), version: version() }) {
  static objects = manager(Note)
}

test('writing methods take what create takes, and name fields', async () => {
  const [row, created] = await Tag.objects.getOrCreate({ name: 'x' }, { name: () => 'x' })
  expectTypeOf(row).toEqualTypeOf<Tag>()
  expectTypeOf(created).toEqualTypeOf<boolean>()
  // @ts-expect-error -- no such field
  await Tag.objects.getOrCreate({ name: 'x' }, { nme: 'x' })
  // @ts-expect-error -- of another type
  await Tag.objects.updateOrCreate({ name: 'x' }, { name: 3 })
  expectTypeOf(await Tag.objects.bulkCreate([{ name: 'x' }, new Tag({ name: 'y' })])).toEqualTypeOf<Tag[]>()
  await Tag.objects.bulkCreate([{ name: 'x' }], {
    updateConflicts: true,
    updateFields: ['name'],
    uniqueFields: ['name'],
  })
  // @ts-expect-error -- no such field
  await Tag.objects.bulkCreate([{ name: 'x' }], { updateFields: ['nme'] })
  // @ts-expect-error -- a tag needs a name
  await Tag.objects.bulkCreate([{}])
  await Book.objects.bulkUpdate([], ['title', 'author'])
  // @ts-expect-error -- no such field
  await Book.objects.bulkUpdate([], ['titel'])
})

test('reading methods give rows by their keys', async () => {
  expectTypeOf(await Voucher.objects.inBulk(['x'])).toEqualTypeOf<Map<string, Voucher>>()
  expectTypeOf(await Tag.objects.inBulk(['x'], { fieldName: 'name' })).toEqualTypeOf<Map<string, Tag>>()
  // @ts-expect-error -- keys of tags are numbers
  await Tag.objects.inBulk(['x'])
  expectTypeOf(await Book.objects.latest('-pages', 'author__name')).toEqualTypeOf<Book>()
  // @ts-expect-error -- no such path
  await Book.objects.earliest('author__nme')
  // @ts-expect-error -- a row of another model
  await Book.objects.contains(new Tag({ name: 'x' }))
  // @ts-expect-error -- there are three modes
  Book.objects.fetchMode('some')
})

test('instances know their dates, versions and errors', async () => {
  const note = await Note.objects.get({ body: 'x' })
  expectTypeOf(note.version).toEqualTypeOf<number>()
  expectTypeOf(await note.getNextBy('on')).toEqualTypeOf<Note>()
  // @ts-expect-error -- it may be null
  await note.getPreviousBy('seen')
  // @ts-expect-error -- it holds no dates
  await note.getNextBy('body')
  await note.save({ updateFields: ['body'] })
  expectTypeOf<StaleRowError['row']>().toEqualTypeOf<object>()
  expectTypeOf(new Note.NotUpdated('x')).toExtend<Error>()
})

test('a receiver knows the rows of its sender', () => {
  postSave.connect(
    ({ instance, created }) => {
      expectTypeOf(instance).toExtend<Book>()
      expectTypeOf(created).toEqualTypeOf<boolean>()
    },
    { sender: Book },
  )
  postSave.connect(({ instance }) => {
    expectTypeOf(instance).toEqualTypeOf<object>()
  })
})

test('columns that were left out are awaited; toAttr is a property', async () => {
  const [book] = await Book.objects.only('title')
  expectTypeOf(book!.title).toEqualTypeOf<string>()
  expectTypeOf(await book!.pages).toEqualTypeOf<number | null>()
  expectTypeOf<Deferred<number>>().toExtend<PromiseLike<number>>()
  const [author] = await (null as unknown as typeof Author).objects.prefetchRelated(
    Prefetch('books', Book.objects.filter({ pages: 3 }), { toAttr: 'short' }),
    'pupils__books',
  )
  expectTypeOf(author!.short).toExtend<readonly Book[]>()
  // @ts-expect-error -- no such relation
  Book.objects.prefetchRelated('tgs')
})
