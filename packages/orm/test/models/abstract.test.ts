import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import {
  AbstractModel,
  CASCADE,
  char,
  checkModels,
  createRegistry,
  extend,
  F,
  foreignKey,
  integer,
  Lower,
  Model,
  type ModelMeta,
  manager,
  manyToMany,
  proxy,
  registerModels,
  reverse,
  uuid,
} from '../../src/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { makeTables } from './make-tables.ts'

class Named extends AbstractModel(
  {
    name: char({ maxLength: 20 }),
    get owner() {
      return foreignKey(Owner, { onDelete: CASCADE, null: true })
    },
  },
  {
    ordering: ['-name'],
    constraints: [{ type: 'check', name: '%(appLabel)s_%(class)s_named', condition: { name__gt: '' } }],
  },
) {
  get shout(): string {
    return this.name.toUpperCase()
  }

  async rename(name: string): Promise<void> {
    this.name = name
    await this.save()
  }
}

class Owner extends Model({
  name: char({ maxLength: 20 }),
  get pets() {
    return reverse(Pet, 'owner')
  },
}) {
  static objects = manager(Owner)
}

class Pet extends extend(Named, {
  age: integer({ default: 1 }),
  kind: char({ maxLength: 5, default: 'dog' }),
  get friends() {
    return manyToMany(Pet)
  },
}) {
  static objects = manager(Pet)
}

class Thing extends extend(Named, { key: uuid({ primaryKey: true }) }, { ordering: ['name'] }) {
  static objects = manager(Thing)
}

class Dog extends proxy(Pet, { ordering: [F('age').desc(), Lower('name')], verboseName: 'good dog' }) {
  static objects = manager(Dog)

  get bark(): string {
    return `${this.shout}!`
  }
}

const registry = createRegistry()
let metas: ModelMeta[] = []
useTemporaryDatabase()
beforeEach(async () => {
  metas = registerModels('zoo', { Named, Dog, Thing, Pet, Owner }, registry)
  await makeTables(metas)
})

describe('an abstract model', () => {
  test('has no table, and gives fields, methods and options', async () => {
    expect(metas.map(({ name }) => name).sort()).toEqual(['Dog', 'Owner', 'Pet', 'Thing'])
    const pet = await Pet.objects.create({ name: 'rex', age: 3 })
    expectTypeOf(pet.shout).toEqualTypeOf<string>()
    expectTypeOf(pet.age).toEqualTypeOf<number>()
    expectTypeOf(pet.ownerId).toEqualTypeOf<number | null>()
    expect(pet.shout).toBe('REX')
    await pet.rename('max')
    expect(await Pet.objects.filter({ name__startswith: 'm', age: 3 }).count()).toBe(1)
    expect(pet).toBeInstanceOf(Named)
  })

  test('gives options that the model may replace', () => {
    expect([Pet.meta.ordering, Thing.meta.ordering]).toEqual([['-name'], ['name']])
    expect([Pet, Thing].map((model) => model.meta.constraints[0]!.name)).toEqual(['zoo_pet_named', 'zoo_thing_named'])
  })

  test('leaves the key to the model', () => {
    expectTypeOf<Pet['pk']>().toEqualTypeOf<number>()
    expect([Pet.meta.pk.name, Thing.meta.pk.name]).toEqual(['id', 'key'])
    expectTypeOf<Thing['id']>().toEqualTypeOf<string>()
  })

  test('has relations of each model that takes them', async () => {
    const owner = await Owner.objects.create({ name: 'ann' })
    const pet = await Pet.objects.create({ name: 'rex', owner })
    expect((await owner.pets.all()).map(({ name }) => name)).toEqual(['rex'])
    expect(Pet.meta.field('owner')).not.toBe(Thing.meta.field('owner'))
    expect((await pet.owner)?.pk).toBe(owner.pk)
  })

  test('is what extend() takes, and nothing else', () => {
    expect(() => extend(Owner, {})).toThrow(/Owner has a table of its own.*proxy\(Owner\)/)
  })
})

describe('a proxy', () => {
  test('shows the same rows with methods and an ordering of its own', async () => {
    for (const [name, age] of [
      ['Rex', 1],
      ['bo', 5],
      ['Al', 5],
    ] as const)
      await Pet.objects.create({ name, age })
    const dogs = await Dog.objects.all()
    expectTypeOf(dogs[0]!.bark).toEqualTypeOf<string>()
    expect(dogs.map(({ bark }) => bark)).toEqual(['AL!', 'BO!', 'REX!'])
    expect(dogs[0]).toBeInstanceOf(Dog)
    expect((await Pet.objects.all())[0]).not.toBeInstanceOf(Dog)
    expect(Dog.meta.fields).toBe(Pet.meta.fields)
    expect(Dog.meta).toMatchObject({ table: 'zoo_pet', verboseName: 'good dog', label: 'zoo.Dog' })
  })

  test('saves, deletes and is related as the model is', async () => {
    const owner = await Owner.objects.create({ name: 'ann' })
    const dog = await Dog.objects.create({ name: 'rex', owner })
    const friend = await Dog.objects.create({ name: 'bo' })
    await dog.friends.add(friend)
    expect((await dog.friends.all()).map(({ name }) => name)).toEqual(['bo'])
    expect((await Pet.objects.get({ pk: dog.pk })).equals(dog)).toBe(true)
    expect((await owner.pets.all()).map(({ name }) => name)).toEqual(['rex'])
    dog.age = 9
    await dog.save()
    expect((await Pet.objects.get({ pk: dog.pk })).age).toBe(9)
    expect(await dog.delete()).toEqual([3, { 'zoo.Dog': 1, 'zoo.Pet_friends': 2 }])
    expect(await Pet.objects.count()).toBe(1)
    expect(await Owner.objects.filter({ pets__name: 'rex' }).count()).toBe(0)
  })

  test('goes with what its rows point to', async () => {
    const owner = await Owner.objects.create({ name: 'ann' })
    await Dog.objects.create({ name: 'rex', owner })
    expect(await owner.delete()).toEqual([2, { 'zoo.Owner': 1, 'zoo.Pet': 1 }])
  })

  test('is no other side of a relation', () => {
    class Wrong extends Model({
      get dogs() {
        return reverse(Dog, 'owner')
      },
    }) {}
    const own = createRegistry()
    registerModels('wrong', { Wrong }, own)
    expect(
      checkModels(own.all())
        .map(({ message }) => message)
        .join(),
    ).toContain("write reverse(Pet, 'owner')")
  })

  test('finds nothing wrong', () => {
    expect(checkModels(registry.all())).toEqual([])
  })
})
