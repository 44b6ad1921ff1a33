import { expect, test } from 'vitest'
import {
  buildModel,
  CASCADE,
  char,
  checkModels,
  compose,
  createRegistry,
  dateTime,
  foreignKey,
  Model,
  manager,
  manyToMany,
  registerModels,
  reverse,
} from '../../src/index.ts'
import { library, tablesOf } from '../library/use-library.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

const stamped = { created: dateTime({ autoNowAdd: true }), changed: dateTime({ autoNow: true }) }

class Person extends Model(
  compose(stamped, {
    name: char({ maxLength: 20 }),
    get friends() {
      return manyToMany(Person)
    },
    get follows() {
      return manyToMany(Person, { symmetrical: false, dbTable: 'followers' })
    },
    get followers() {
      return reverse(Person, 'follows')
    },
  }),
) {
  static objects = manager(Person)
  static anns = manager(Person).filter({ name: 'Ann' })
}

const [person] = registerModels('people', { Person, unrelated: 3 })
useTemporaryDatabase(() => tablesOf([person!]))

test('names are those that Django would give', () => {
  expect(person!.table).toBe('people_person')
  expect(person!.manyToMany.map(({ through }) => through.table)).toEqual(['people_person_friends', 'followers'])
  expect(person!.manyToMany[0]!.through.fields.map(({ column }) => column)).toEqual([
    'id',
    'from_person_id',
    'to_person_id',
  ])
  expect(library.map(({ table }) => table)).toEqual([
    'library_author',
    'library_profile',
    'library_book',
    'library_tag',
    'library_voucher',
  ])
  expect(library[2]!.fields.map(({ column }) => column)).toEqual([
    'id',
    'title',
    'pages',
    'is_draft',
    'price',
    'isbn',
    'published_at',
    'created',
    'author_id',
    'editor_id',
  ])
})

test('fields that are shared belong to each model by themselves', async () => {
  const ann = await Person.objects.create({ name: 'Ann' })
  const { created, changed } = ann
  ann.name = 'Anna'
  await ann.save()
  expect(ann.created).toBe(created)
  expect(Temporal.Instant.compare(ann.changed, changed)).toBeGreaterThanOrEqual(0)
  expect(await Person.anns.count()).toBe(0)
})

test('being friends works both ways, following one way', async () => {
  const [ann, bob] = [await Person.objects.create({ name: 'Ann' }), await Person.objects.create({ name: 'Bob' })]
  await ann.friends.add(bob)
  await ann.follows.add(bob)
  expect((await bob.friends).map(({ name }) => name)).toEqual(['Ann'])
  expect(await bob.follows.count()).toBe(0)
  expect((await bob.followers).map(({ name }) => name)).toEqual(['Ann'])
  expect((await Person.objects.filter({ followers__name: 'Ann' })).map(({ name }) => name)).toEqual(['Bob'])
  await bob.friends.remove(ann)
  expect(await ann.friends.exists()).toBe(false)
  expect(await bob.delete()).toEqual([2, { 'people.Person_follows': 1, 'people.Person': 1 }])
})

test('a model of a point in history is made of data, with labels for models', () => {
  const registry = createRegistry()
  buildModel('Author', { name: char({ maxLength: 3 }) }, { appLabel: 'old' }, registry)
  const author = foreignKey('old.Author', { onDelete: CASCADE })
  const Book = buildModel(
    'Book',
    { author, fans: manyToMany('Author') },
    { appLabel: 'old', ordering: ['id'] },
    registry,
  )
  expect(Book.meta.field('author')?.deconstruct()).toEqual({
    factory: 'foreignKey',
    options: { to: 'old.Author', onDelete: 'CASCADE' },
  })
  expect(Book.meta.manyToMany[0]!.through.table).toBe('old_book_fans')
  expect(() => registry.get('old.Bok')).toThrow("Did you mean 'old.Book'?")
})

test('what types cannot see is found by checks', () => {
  class Parent extends Model({ name: char({ maxLength: 3 }) }, { ordering: ['name'] }) {
    static objects = manager(Parent)
  }
  const Loose = Model(
    {
      get parent() {
        return foreignKey(Parent, { onDelete: CASCADE, relatedName: 'children' })
      },
      get wrong() {
        return reverse(Loose as never, 'parent' as never)
      },
    } as { parent: unknown; wrong: unknown },
    { ordering: ['parent__nope'], indexes: [{ fields: ['-nope' as never] }] },
  )
  class Child extends Loose {
    static objects = Parent.objects
  }
  const registry = createRegistry()
  registerModels('checks', { Parent, Child }, registry)
  const found = checkModels(registry.all()).map(({ id }) => id)
  expect(found.sort()).toEqual(['fields.E300', 'fields.E900', 'models.E012', 'models.E015', 'models.E900'])
  expect(checkModels(library)).toEqual([])
})

test('a model is of no use before an app has registered it', () => {
  class Lost extends Model({ name: char({ maxLength: 3 }) }) {
    static objects = manager(Lost)
  }
  expect(() => new Lost()).toThrow('The model Lost belongs to no app yet. Is its app in installedApps')
  expect(() => char({ maxLength: 3, nul: true } as never)).toThrow("Did you mean 'null'?")
  class Twice extends Model({ save: char({ maxLength: 3 }) }) {}
  expect(() => registerModels('x', { Twice })).toThrow("cannot have a field 'save'")
})
