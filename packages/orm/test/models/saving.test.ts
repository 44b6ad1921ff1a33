import { beforeEach, expect, test } from 'vitest'
import {
  captureQueries,
  char,
  date,
  foreignKey,
  IntegrityError,
  Model,
  manager,
  ObjectNotUpdated,
  QueryError,
  registerModels,
  SET,
  SET_DEFAULT,
  ValidationError,
} from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag, Voucher } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'

class Event extends Model({
  name: char({ maxLength: 20, blank: true }),
  on: date(),
}) {
  static objects = manager(Event)

  override clean(): void {
    if (this.name === '') this.name = 'unnamed'
  }
}

class Owner extends Model({ name: char({ maxLength: 20 }) }) {
  static objects = manager(Owner)
}

let keeper: Owner

class Thing extends Model({
  get owner() {
    return foreignKey(Owner, { onDelete: SET(() => keeper.id) })
  },
  get heir() {
    return foreignKey(Owner, { onDelete: SET_DEFAULT, default: () => keeper.id })
  },
}) {
  static objects = manager(Thing)
}

const metas = registerModels('saving', { Event, Owner, Thing })
useLibrary(() => metas)
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

const kinds = async (work: () => unknown) => {
  const { queries } = await captureQueries(async () => void (await work()))
  return queries.map(({ sql }) => sql.split(' ')[0])
}

test('a key that is given is looked for first, one that makes itself is not', async () => {
  expect(await kinds(() => new Tag({ id: 50, name: 'x' }).save())).toEqual(['UPDATE', 'INSERT'])
  expect(await kinds(() => new Tag({ id: 50, name: 'y' }).save())).toEqual(['UPDATE'])
  const book = await Book.objects.get({ title: 'One' })
  expect(await kinds(() => new Voucher({ book }).save())).toEqual(['INSERT'])
  expect(await kinds(() => new Tag({ name: 'z' }).save())).toEqual(['INSERT'])
})

test('forceInsert and forceUpdate', async () => {
  await expect(new Tag({ id: people.sf.id, name: 'x' }).save({ forceInsert: true })).rejects.toThrow(IntegrityError)
  await expect(new Tag({ id: 99, name: 'x' }).save({ forceUpdate: true })).rejects.toThrow(Tag.NotUpdated)
  await expect(new Tag({ id: 99, name: 'x' }).save({ updateFields: ['name'] })).rejects.toThrow(ObjectNotUpdated)
  expect(await Tag.objects.filter({ id: 99 }).exists()).toBe(false)
  await expect(people.sf.save({ forceInsert: true, forceUpdate: true })).rejects.toThrow(QueryError)
  await expect(people.sf.save({ forceInsert: true, updateFields: ['name'] })).rejects.toThrow(QueryError)
  await expect(people.sf.save({ updateFields: ['nme'] })).rejects.toThrow("'nme'")
  await expect(people.sf.save({ updateFields: ['id'] })).rejects.toThrow("'id'")
})

test('updateFields names columns or relations, and may be empty', async () => {
  const book = await Book.objects.get({ title: 'One' })
  book.author = people.cleo
  book.title = 'Uno'
  await book.save({ updateFields: ['author'] })
  expect(await Book.objects.filter({ title: 'One', author: people.cleo }).exists()).toBe(true)
  expect(await queriesOf(() => book.save({ updateFields: [] }))).toBe(0)
})

test('a copy is made by taking the key away', async () => {
  const book = await Book.objects.get({ title: 'One' })
  const { id, created } = book
  book.id = null as never
  book.title = 'Copy'
  expect(await kinds(() => book.save())).toEqual(['INSERT'])
  expect(book.id).not.toBe(id)
  expect((await Book.objects.get({ id })).title).toBe('One')
  expect(Temporal.Instant.compare(book.created, created)).toBeGreaterThanOrEqual(0)
})

test('another key is another row', async () => {
  const tag = await Tag.objects.get({ name: 'sf' })
  tag.id = 500
  tag.name = 'copy'
  expect(await kinds(() => tag.save())).toEqual(['UPDATE', 'INSERT'])
  expect(await Tag.objects.filter({ name__in: ['sf', 'copy'] }).count()).toBe(2)
})

test('rows are equal by model and key', async () => {
  const [one, same] = [await Tag.objects.get({ name: 'sf' }), await Tag.objects.get({ name: 'sf' })]
  const [fresh, other] = [new Tag({ name: 'x' }), new Tag({ name: 'x' })]
  expect([one.equals(same), one.equals(people.fun), one.equals(null), one.equals(one.id)]).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect([fresh.equals(fresh), fresh.equals(other)]).toEqual([true, false])
  const author = await Author.objects.get({ id: one.id })
  expect(one.equals(author)).toBe(false)
})

test('refreshFromDb of some fields leaves the others', async () => {
  const book = await Book.objects.selectRelated('author').get({ title: 'One' })
  await Book.objects.filter({ id: book.id }).update({ pages: 5, author: people.bob, title: 'Uno' })
  book.title = 'mine'
  await book.refreshFromDb({ fields: ['pages', 'author'] })
  expect([book.title, book.pages, book.authorId]).toEqual(['mine', 5, people.bob.id])
  expect((await (book as Book).author).name).toBe('Bob')
  await book.save()
  expect(await Book.objects.filter({ title: 'mine', pages: 5 }).exists()).toBe(true)
  await expect(book.refreshFromDb({ fields: ['nope'] })).rejects.toThrow("'nope'")
})

test('refreshFromDb takes a queryset to look in', async () => {
  const book = await Book.objects.get({ title: 'One' })
  await book.refreshFromDb({ fromQueryset: Book.objects.selectRelated('author') })
  expect(await queriesOf(async () => expect((await book.author).name).toBe('Ada'))).toBe(0)
  await expect(book.refreshFromDb({ fromQueryset: Book.objects.filter({ title: 'x' }) })).rejects.toThrow(
    Book.DoesNotExist,
  )
  await Book.objects.filter({ id: book.id }).delete()
  await expect(book.refreshFromDb()).rejects.toThrow('was deleted')
})

test('the rows next to one by a date', async () => {
  const day = (text: string) => Temporal.PlainDate.from(`2026-01-${text}`)
  const [a, b, c, d] = await Event.objects.bulkCreate(
    ['01', '02', '02', '03'].map((text, at) => ({ name: `e${at}`, on: day(text) })),
  )
  expect((await a!.getNextBy('on')).name).toBe('e1')
  expect((await b!.getNextBy('on')).name).toBe('e2')
  expect((await c!.getPreviousBy('on')).name).toBe('e1')
  expect((await d!.getPreviousBy('on', { name: 'e0' })).name).toBe('e0')
  await expect(d!.getNextBy('on')).rejects.toThrow(Event.DoesNotExist)
  await expect(new Event({ on: day('05') }).getNextBy('on')).rejects.toThrow('was saved')
  await expect(a!.getNextBy('name' as never)).rejects.toThrow('date or dateTime')
})

test('fullClean lets clean() fill what may be blank, and asks about uniqueness last', async () => {
  const event = new Event({ on: Temporal.PlainDate.from('2026-01-01') })
  Object.assign(event, { name: null })
  await expect(event.cleanFields()).resolves.toBe(undefined)
  event.name = ''
  await event.fullClean()
  expect(event.name).toBe('unnamed')
  const twin = new Tag({ name: 'sf' })
  await expect(twin.validateUnique()).rejects.toThrow(ValidationError)
  expect(await queriesOf(() => twin.cleanFields())).toBe(0)
  await expect(twin.fullClean({ validateUnique: false })).resolves.toBe(undefined)
  await expect(twin.validateUnique({ exclude: ['name'] })).resolves.toBe(undefined)
  await expect(twin.validateConstraints()).resolves.toBe(undefined)
})

test('what a key becomes when its row is deleted', async () => {
  keeper = await Owner.objects.create({ name: 'keeper' })
  const gone = await Owner.objects.create({ name: 'gone' })
  const thing = await Thing.objects.create({ owner: gone, heir: gone })
  await gone.delete()
  await thing.refreshFromDb()
  expect([thing.ownerId, thing.heirId]).toEqual([keeper.id, keeper.id])
  expect(Thing.meta.field('owner')?.deconstruct().options.onDelete).toBe('DO_NOTHING')
})
