import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  boolean,
  CASCADE,
  captureQueries,
  char,
  database,
  foreignKey,
  integer,
  Model,
  type ModelMeta,
  manager,
  manyToMany,
  postSave,
  QueryError,
  registerModels,
  reverse,
  SET_NULL,
} from '../../src/index.ts'
import { queriesOf, tablesOf } from '../library/use-library.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

class Person extends Model({
  name: char({ maxLength: 20 }),
  get friends() {
    return manyToMany(Person)
  },
  get idols() {
    return manyToMany(Person, { symmetrical: false })
  },
  get fans() {
    return reverse(Person, 'idols')
  },
  get groups() {
    return reverse(Group, 'members')
  },
}) {
  static objects = manager(Person)
}

class Group extends Model({
  name: char({ maxLength: 20 }),
  get members() {
    return manyToMany(Person, { through: Membership, throughFields: ['group', 'person'] })
  },
  get pets() {
    return reverse(Pet, 'home')
  },
}) {
  static objects = manager(Group)
}

class Membership extends Model({
  get group() {
    return foreignKey(Group, { onDelete: CASCADE })
  },
  get person() {
    return foreignKey(Person, { onDelete: CASCADE })
  },
  get inviter() {
    return foreignKey(Person, { onDelete: SET_NULL, null: true })
  },
  role: char({ maxLength: 20 }),
  rank: integer({ default: 0 }),
  active: boolean({ default: true }),
}) {
  static objects = manager(Membership)
}

class Pet extends Model({
  name: char({ maxLength: 20 }),
  get home() {
    return foreignKey(Group, { onDelete: SET_NULL, null: true })
  },
}) {
  static objects = manager(Pet)
}

const metas: ModelMeta[] = registerModels('circle', { Person, Group, Membership, Pet })
useTemporaryDatabase()

function tables(): string {
  const own = new Set(metas)
  return tablesOf(metas.filter((meta) => own.has(meta)))
}

let people: Person[]
beforeEach(async () => {
  await database().script(tables())
  people = await Person.objects.bulkCreate(['Ada', 'Bob', 'Cleo', 'Dora'].map((name) => ({ name })))
})

const disconnects: (() => void)[] = []
afterEach(() => {
  for (const disconnect of disconnects.splice(0)) disconnect()
})

const namesOf = async (rows: PromiseLike<readonly { name: string }[]>) => (await rows).map(({ name }) => name).sort()

test('a relation to its own model is symmetrical, in every change', async () => {
  const [ada, bob, cleo] = people as [Person, Person, Person]
  await ada.friends.add(bob, cleo)
  expect(await namesOf(bob.friends)).toEqual(['Ada'])
  await bob.friends.remove(ada)
  expect(await namesOf(ada.friends)).toEqual(['Cleo'])
  await ada.friends.set([bob])
  expect([await namesOf(cleo.friends), await namesOf(bob.friends)]).toEqual([[], ['Ada']])
  await ada.friends.add(ada)
  expect(await namesOf(ada.friends)).toEqual(['Ada', 'Bob'])
  await ada.friends.clear()
  expect(await namesOf(bob.friends)).toEqual([])
})

test('one that is not symmetrical has another side', async () => {
  const [ada, bob, cleo] = people as [Person, Person, Person]
  await ada.idols.add(bob)
  await cleo.idols.add(bob.id)
  expect([await namesOf(bob.idols), await namesOf(bob.fans)]).toEqual([[], ['Ada', 'Cleo']])
  await bob.fans.remove(ada)
  expect(await namesOf(ada.idols)).toEqual([])
  const made = await bob.fans.create({ name: 'Eve' })
  expect(await namesOf(made.idols)).toEqual(['Bob'])
})

test('a model of pairs gets its own values', async () => {
  const [ada, bob, cleo] = people as [Person, Person, Person]
  const group = await Group.objects.create({ name: 'Choir' })
  let rank = 0
  await group.members.add(ada, bob, { throughDefaults: { role: 'alto', rank: () => ++rank, inviter: cleo } })
  expect(await Membership.objects.values('person', 'role', 'rank', 'inviter').orderBy('person')).toEqual([
    { person: ada.id, role: 'alto', rank: 1, inviter: cleo.id },
    { person: bob.id, role: 'alto', rank: 2, inviter: cleo.id },
  ])
  await group.members.add(ada, { throughDefaults: { role: 'solo' } })
  expect(await Membership.objects.count()).toBe(2)
  await group.members.set([bob, cleo], { throughDefaults: { role: 'bass' } })
  expect(await Membership.objects.valuesList('role', { flat: true }).orderBy('id')).toEqual(['alto', 'bass'])
  const dora = await group.members.create({ name: 'Dora II' }, { throughDefaults: { role: 'new' } })
  expect((await Membership.objects.get({ person: dora })).role).toBe('new')
  const [eve] = await group.members.getOrCreate({ name: 'Eve' }, {}, { throughDefaults: { role: 'found' } })
  await group.members.updateOrCreate({ name: 'Eve' }, { name: 'Eva' }, {}, { throughDefaults: { role: 'never' } })
  const { person, role } = await Membership.objects.selectRelated('person').get({ person: eve })
  expect([person.name, role]).toEqual(['Eva', 'found'])
  await group.members.remove(dora, eve)
  expect(await namesOf(group.members)).toEqual(['Bob', 'Cleo'])
  expect(await namesOf(bob.groups)).toEqual(['Choir'])
  await bob.groups.clear()
  expect(await namesOf(group.members)).toEqual(['Cleo'])
})

test('paths, prefetches and deletions go through a model of pairs', async () => {
  const [ada, bob] = people as [Person, Person]
  const group = await Group.objects.create({ name: 'Choir' })
  await group.members.add(ada, bob, { throughDefaults: { role: 'alto' } })
  expect(await namesOf(Person.objects.filter({ groups__name: 'Choir' }))).toEqual(['Ada', 'Bob'])
  const queries = await queriesOf(async () => {
    for (const each of await Group.objects.prefetchRelated('members')) {
      expect(await namesOf(each.members)).toEqual(['Ada', 'Bob'])
    }
  })
  expect(queries).toBe(2)
  expect(await ada.delete()).toEqual([2, { 'circle.Membership': 1, 'circle.Person': 1 }])
})

test('a through model without a single pair of keys must say which', () => {
  class Lodge extends Model({
    get members() {
      return manyToMany(Person, { through: Pass })
    },
  }) {}
  class Pass extends Model({
    get lodge() {
      return foreignKey(Lodge, { onDelete: CASCADE })
    },
    get person() {
      return foreignKey(Person, { onDelete: CASCADE })
    },
    get guest() {
      return foreignKey(Person, { onDelete: CASCADE })
    },
  }) {}
  const [lodge] = registerModels('lodges', { Lodge, Pass })
  expect(() => lodge!.manyToMany[0]!.sourceKey).toThrow("throughFields: ['lodge', 'person']")
})

test('set with clear takes all out and puts all in', async () => {
  const [ada, bob, cleo] = people as [Person, Person, Person]
  await ada.idols.set([bob, cleo])
  const verbs = async (work: () => Promise<void>) => {
    return (await captureQueries(work)).queries.map(({ sql }) => sql.split(' ')[0])
  }
  expect(await verbs(() => ada.idols.set([bob, cleo]))).toEqual(['SELECT'])
  expect(await verbs(() => ada.idols.set([bob, cleo], { clear: true }))).toEqual(['DELETE', 'INSERT'])
  expect(await namesOf(ada.idols)).toEqual(['Bob', 'Cleo'])
})

test('over a key that may be null: add, remove, set, clear', async () => {
  const group = await Group.objects.create({ name: 'Farm' })
  const [rex, tom, kit] = await Pet.objects.bulkCreate(['Rex', 'Tom', 'Kit'].map((name) => ({ name })))
  await group.pets.add(rex!, tom!)
  expect([rex!.homeId, await namesOf(group.pets)]).toEqual([group.id, ['Rex', 'Tom']])
  await expect(group.pets.remove(kit!)).rejects.toThrow(Pet.DoesNotExist)
  await group.pets.remove(rex!)
  expect([rex!.homeId, await namesOf(group.pets)]).toEqual([null, ['Tom']])
  await group.pets.set([rex!, kit!.id])
  expect(await namesOf(group.pets)).toEqual(['Kit', 'Rex'])
  await group.pets.clear()
  expect(await namesOf(group.pets)).toEqual([])
  await expect(group.pets.add(new Pet({ name: 'x' }))).rejects.toThrow('a saved row of Pet')
  await expect(group.pets.add(new Pet({ id: 900, name: 'x' }))).rejects.toThrow(QueryError)
})

test('bulk: false saves each row, with its signals', async () => {
  const group = await Group.objects.create({ name: 'Farm' })
  const heard: string[] = []
  disconnects.push(postSave.connect(({ instance }) => void heard.push(instance.name), { sender: Pet }))
  const [rex] = await Pet.objects.bulkCreate([{ name: 'Rex' }])
  await group.pets.add(rex!)
  expect(heard).toEqual([])
  await group.pets.add(new Pet({ name: 'New' }), rex!, { bulk: false })
  expect(heard.splice(0)).toEqual(['New', 'Rex'])
  await group.pets.remove(rex!, { bulk: false })
  await group.pets.clear({ bulk: false })
  expect(heard).toEqual(['Rex', 'New'])
  expect(await Pet.objects.filter({ home__isnull: true }).count()).toBe(2)
})

test('adding what is there already asks nothing, and the same pair is made once by many at a time', async () => {
  const [ada, bob] = people as [Person, Person]
  await Promise.all(Array.from({ length: 20 }, () => ada.idols.add(bob)))
  expect((await ada.idols).length).toBe(1)
  const { through } = Person.meta.manyToMany[1]!
  const [[count]] = (await database().all({ sql: `SELECT COUNT(*) FROM ${through.table}` }, [])) as [[unknown]]
  expect(Number(count)).toBe(1)
  expect(await queriesOf(() => ada.idols.add(bob))).toBe(1)
})

test('many pairs at once', async () => {
  const [ada] = people as [Person]
  const crowd = await Person.objects.bulkCreate(Array.from({ length: 20_000 }, (_, at) => ({ name: `p${at}` })))
  await ada.idols.add(...crowd)
  expect(await ada.idols.count()).toBe(20_000)
  await ada.idols.remove(...crowd.slice(1))
  expect(await namesOf(ada.idols)).toEqual(['p0'])
})
