import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type ModelSignal,
  m2mChanged,
  postDelete,
  postInit,
  postSave,
  preDelete,
  preInit,
  preSave,
} from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag, Voucher } from '../library/book.ts'
import { fillLibrary, queriesOf, useLibrary } from '../library/use-library.ts'

useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

const disconnects: (() => void)[] = []
afterEach(() => {
  for (const disconnect of disconnects.splice(0)) disconnect()
})

function listen<M extends object, E>(
  signal: ModelSignal<E>,
  sender: M,
  receiver: (event: never) => void | Promise<void>,
) {
  disconnects.push(signal.connect(receiver as never, { sender }))
}

test('saving tells before and after, in order, with what happens', async () => {
  const heard: unknown[] = []
  listen(
    preSave,
    Tag,
    async ({
      instance,
      updateFields,
      raw,
      using,
    }: { instance: Tag; updateFields: unknown } & Record<string, unknown>) => {
      await Promise.resolve()
      heard.push(['pre', instance.id, updateFields, raw, using])
    },
  )
  listen(postSave, Tag, ({ instance, created, updateFields }: { instance: Tag } & Record<string, unknown>) => {
    heard.push(['post', instance.id, created, updateFields])
  })
  const tag = await Tag.objects.create({ name: 'new' })
  tag.name = 'newer'
  await tag.save({ updateFields: ['name'] })
  await tag.save({ updateFields: [] })
  await Author.objects.create({ name: 'x', slug: 'x' })
  expect(heard).toEqual([
    ['pre', null, undefined, false, 'default'],
    ['post', tag.id, true, undefined],
    ['pre', tag.id, ['name'], false, 'default'],
    ['post', tag.id, false, ['name']],
  ])
})

test('a receiver may change the row before it is saved, and stop it by an error', async () => {
  listen(preSave, Tag, ({ instance }: { instance: Tag }) => {
    instance.name = instance.name.toLowerCase()
  })
  await Tag.objects.create({ name: 'LOUD' })
  expect(await Tag.objects.filter({ name: 'loud' }).exists()).toBe(true)
  listen(preSave, Tag, () => {
    throw new Error('not today')
  })
  await expect(Tag.objects.create({ name: 'x' })).rejects.toThrow('not today')
  expect(await Tag.objects.filter({ name: 'x' }).exists()).toBe(false)
})

test('a receiver without a sender hears of every model, once, until it is taken off', async () => {
  const heard: string[] = []
  const receiver = ({ sender }: { sender: object }) => {
    heard.push((sender as { name: string }).name)
  }
  disconnects.push(postSave.connect(receiver), postSave.connect(receiver))
  await Tag.objects.create({ name: 'a' })
  await Author.objects.create({ name: 'a', slug: 'a' })
  postSave.disconnect(receiver)
  await Tag.objects.create({ name: 'b' })
  expect(heard).toEqual(['Tag', 'Author'])
  expect(postSave.hasReceivers).toBe(false)
})

test('sendRobust goes on after an error, and gives the errors', async () => {
  const heard: number[] = []
  listen(postSave, Tag, () => {
    throw new Error('first')
  })
  listen(postSave, Tag, async () => {
    heard.push(2)
  })
  const event = {
    sender: Tag,
    instance: people.sf,
    raw: false,
    using: 'default',
    updateFields: undefined,
    created: false,
  }
  expect(await postSave.sendRobust(event)).toEqual([new Error('first')])
  expect(heard).toEqual([2])
})

test('deleting tells of every row that goes, with those that go along', async () => {
  const one = await Book.objects.get({ title: 'One' })
  await Voucher.objects.create({ book: one })
  const heard: unknown[] = []
  const tell = (what: string) => (event: { instance: { pk: unknown }; origin: object; sender: object }) => {
    heard.push([what, (event.sender as { name: string }).name, event.instance.pk !== null, event.origin === one])
  }
  for (const model of [Book, Voucher]) {
    listen(preDelete, model, tell('pre'))
    listen(postDelete, model, tell('post'))
  }
  expect(await one.delete()).toEqual([4, { 'library.Book_tags': 2, 'library.Voucher': 1, 'library.Book': 1 }])
  expect(heard).toEqual([
    ['pre', 'Voucher', true, true],
    ['pre', 'Book', true, true],
    ['post', 'Voucher', true, true],
    ['post', 'Book', true, true],
  ])
})

test('a queryset loads what it deletes only where somebody listens', async () => {
  expect(await queriesOf(() => Tag.objects.filter({ name: 'sf' }).delete())).toBe(3)
  expect(await queriesOf(() => Voucher.objects.all().delete())).toBe(1)
  const gone: string[] = []
  listen(postDelete, Tag, ({ instance }: { instance: Tag }) => {
    gone.push(instance.name)
  })
  await Tag.objects.all().delete()
  expect(gone.sort()).toEqual(['fun', 'poem'])
})

test('a receiver that throws keeps the row', async () => {
  listen(postDelete, Tag, () => {
    throw new Error('no')
  })
  await expect(people.sf.delete()).rejects.toThrow('no')
  expect(await Tag.objects.count()).toBe(3)
})

test('instances tell before and after they get their values, read or new', async () => {
  const heard: unknown[] = []
  listen(preInit, Tag, ({ values }: { values: unknown }) => {
    heard.push(values)
  })
  listen(postInit, Tag, ({ instance }: { instance: Tag }) => {
    heard.push(instance.name)
  })
  new Tag({ name: 'new' })
  await Tag.objects.get({ name: 'sf' })
  expect(heard).toEqual([{ name: 'new' }, 'new', {}, 'sf'])
})

test('many-to-many tells of each change, from both sides', async () => {
  const { sf, fun, poem } = people
  const one = await Book.objects.get({ title: 'One' })
  const heard: unknown[] = []
  const { through } = Book.meta.manyToMany[0]!
  listen(
    m2mChanged,
    through.model,
    (event: { action: string; instance: object; reverse: boolean; model: object; pkSet?: Set<unknown> }) => {
      heard.push([event.action, event.instance, event.reverse, event.model, event.pkSet && [...event.pkSet]])
    },
  )
  await one.tags.add(sf, poem)
  await sf.books.remove(one)
  await one.tags.set([fun, sf])
  await one.tags.clear()
  await one.tags.add()
  expect(heard).toEqual([
    ['preAdd', one, false, Tag, [poem.id]],
    ['postAdd', one, false, Tag, [poem.id]],
    ['preRemove', sf, true, Book, [one.id]],
    ['postRemove', sf, true, Book, [one.id]],
    ['preRemove', one, false, Tag, [poem.id]],
    ['postRemove', one, false, Tag, [poem.id]],
    ['preAdd', one, false, Tag, [sf.id]],
    ['postAdd', one, false, Tag, [sf.id]],
    ['preClear', one, false, Tag, undefined],
    ['postClear', one, false, Tag, undefined],
  ])
})

test('bulkCreate, bulkUpdate and update tell nobody', async () => {
  const heard: string[] = []
  listen(preSave, Tag, () => void heard.push('pre'))
  listen(postSave, Tag, () => void heard.push('post'))
  const [tag] = await Tag.objects.bulkCreate([{ name: 'a' }])
  tag!.name = 'b'
  await Tag.objects.bulkUpdate([tag!], ['name'])
  await Tag.objects.filter({ name: 'b' }).update({ name: 'c' })
  expect(heard).toEqual([])
})

test('with a sender, the row is one of that model in types too', async () => {
  const names: string[] = []
  disconnects.push(
    postSave.connect(({ instance, created, sender }) => void names.push(`${sender.name} ${instance.name} ${created}`), {
      sender: Tag,
    }),
  )
  await Tag.objects.create({ name: 'a' })
  expect(names).toEqual(['Tag a true'])
})
