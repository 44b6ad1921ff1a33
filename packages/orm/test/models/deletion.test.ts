import { beforeEach, expect, test } from 'vitest'
import {
  CASCADE,
  char,
  database,
  foreignKey,
  Model,
  manager,
  ProtectedError,
  RESTRICT,
  RestrictedError,
  registerModels,
  SET_NULL,
} from '../../src/index.ts'
import { Tag } from '../library/book.ts'
import { fillLibrary, queriesOf, tablesOf, useLibrary } from '../library/use-library.ts'

class Artist extends Model({ name: char({ maxLength: 20 }) }) {
  static objects = manager(Artist)
}

class Album extends Model({
  get artist() {
    return foreignKey(Artist, { onDelete: CASCADE })
  },
  get sequel() {
    return foreignKey(Album, { onDelete: SET_NULL, null: true })
  },
}) {
  static objects = manager(Album)
}

class Song extends Model({
  get artist() {
    return foreignKey(Artist, { onDelete: CASCADE })
  },
  get album() {
    return foreignKey(Album, { onDelete: RESTRICT })
  },
}) {
  static objects = manager(Song)
}

const metas = registerModels('songs', { Artist, Album, Song })
useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
  await database().script(tablesOf(metas))
})

test('RESTRICT lets go what goes anyway, and names what does not', async () => {
  const [one, two] = await Artist.objects.bulkCreate([{ name: 'one' }, { name: 'two' }])
  const [own, others] = await Album.objects.bulkCreate([{ artist: one! }, { artist: two! }])
  await Song.objects.create({ artist: one!, album: own! })
  const song = await Song.objects.create({ artist: one!, album: others! })
  const failing = two!.delete()
  await expect(failing).rejects.toThrow(RestrictedError)
  await expect(two!.delete()).rejects.toMatchObject({ restrictedObjects: [song] })
  expect(await one!.delete()).toEqual([4, { 'songs.Song': 2, 'songs.Album': 1, 'songs.Artist': 1 }])
  expect(await two!.delete()).toEqual([2, { 'songs.Album': 1, 'songs.Artist': 1 }])
})

test('what forbids a deletion forbids all of it', async () => {
  await expect(people.ada.delete()).rejects.toThrow(ProtectedError)
  await expect(people.ada.delete()).rejects.toMatchObject({ protectedObjects: [{ title: 'Three' }] })
  expect(people.ada.id).not.toBe(null)
  expect(await people.ada.books.count()).toBe(2)
})

test('rows that name each other, or themselves, go together', async () => {
  const artist = await Artist.objects.create({ name: 'x' })
  const [a, b] = await Album.objects.bulkCreate([{ artist }, { artist }])
  await Album.objects.filter({ id: a!.id }).update({ sequel: b! })
  await Album.objects.filter({ id: b!.id }).update({ sequel: a! })
  expect(await artist.delete()).toEqual([3, { 'songs.Album': 2, 'songs.Artist': 1 }])
})

test('sixty thousand rows go with what belongs to them, in batches', async () => {
  const artists = await Artist.objects.bulkCreate(Array.from({ length: 30_000 }, (_, at) => ({ name: `a${at}` })))
  await Album.objects.bulkCreate(artists.map((artist) => ({ artist })))
  const queries = await queriesOf(async () => {
    expect(await Artist.objects.filter({ name__startswith: 'a' }).delete()).toEqual([
      60_000,
      { 'songs.Album': 30_000, 'songs.Artist': 30_000 },
    ])
  })
  expect(queries).toBeLessThan(40)
  expect([await Artist.objects.count(), await Album.objects.count()]).toEqual([0, 0])
})

test('rows that nothing points to go in one statement', async () => {
  await Tag.objects.bulkCreate(Array.from({ length: 5_000 }, (_, at) => ({ name: `t${at}` })))
  const artist = await Artist.objects.create({ name: 'x' })
  const album = await Album.objects.create({ artist })
  await Song.objects.bulkCreate(Array.from({ length: 5_000 }, () => ({ artist, album })))
  expect(await queriesOf(() => Song.objects.all().delete())).toBe(1)
  expect(await Song.objects.filter({ id: -1 }).delete()).toEqual([0, {}])
})
