import { ContentFile, MemoryStorage, SuspiciousFileName, setDefaultStorage } from '@nuages/files'
import { withTimeZone } from '@nuages/i18n'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  atomic,
  captureQueries,
  char,
  database,
  FieldFile,
  FieldValueError,
  file,
  ImageField,
  image,
  Model,
  manager,
  registerModels,
  type ValidationError,
} from '../../src/index.ts'
import { tablesOf } from '../library/use-library.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

const scans = new MemoryStorage({ baseUrl: 'https://scans.example.com/' })

class Paper extends Model({
  title: char({ maxLength: 20, unique: true }),
  body: file({ uploadTo: 'papers/' }),
  cover: image({ blank: true }),
  scan: file({
    null: true,
    storage: scans,
    maxLength: 40,
    uploadTo: (paper: { readonly title: string }, name) => `${paper.title}/${name}`,
  }),
}) {
  static objects = manager(Paper)
}
class Dated extends Model({ note: file({ uploadTo: '%Y/%m/%d 100%%', default: 'notes/empty.txt' }) }) {
  static objects = manager(Dated)
}

const metas = registerModels('papers', { Paper, Dated })
let media: MemoryStorage
useTemporaryDatabase(() => tablesOf(metas))
beforeEach(async () => {
  media = new MemoryStorage()
  setDefaultStorage(media)
  for (const name of scans.names) await scans.delete(name)
})
afterEach(() => setDefaultStorage(undefined))

const upload = (text: string, name = 'a b.txt') => new ContentFile(text, name)
const columns = async () =>
  (await database().all({ sql: 'SELECT body, cover, scan FROM papers_paper ORDER BY id' }, [])).map((row) => [...row])

describe('a file field', () => {
  test('stores what a new row is given, and the column its name', async () => {
    const paper = await Paper.objects.create({ title: 'x', body: upload('hello'), scan: upload('scan') })
    expect(paper.body.name).toBe('papers/a_b.txt')
    expect(await columns()).toEqual([['papers/a_b.txt', '', 'x/a_b.txt']])
    expect([media.names, scans.names]).toEqual([['papers/a_b.txt'], ['x/a_b.txt']])

    const read = await Paper.objects.get({ title: 'x' })
    expect([read.body.name, read.cover, read.scan!.name]).toEqual(['papers/a_b.txt', null, 'x/a_b.txt'])
    expect([read.body.url, read.scan!.url]).toEqual(['/media/papers/a_b.txt', 'https://scans.example.com/x/a_b.txt'])
    expect([await read.body.text(), await read.body.size(), await read.body.exists()]).toEqual(['hello', 5, true])
    expect(Buffer.concat(await Array.fromAsync(read.body.stream())).toString()).toBe('hello')
    expect([`${read.body}`, JSON.stringify(read)]).toEqual([
      'papers/a_b.txt',
      '{"id":1,"title":"x","body":"papers/a_b.txt","cover":null,"scan":"x/a_b.txt"}',
    ])
    expect(read).toEqual(paper)
  })

  test('stores what is assigned when the row is saved, once, and leaves the old file', async () => {
    const paper = await Paper.objects.create({ title: 'x', body: upload('one') })
    const { body: old } = paper
    paper.body = new FieldFile(upload('second', 'a b.txt'))
    expect([paper.body.isStored, await paper.body.text(), await paper.body.exists()]).toEqual([false, 'second', false])
    expect(() => paper.body.url).toThrow(/expected a stored file/)
    await paper.save()
    expect(paper.body.name).toMatch(/^papers\/a_b_\w{7}\.txt$/)
    const { queries } = await captureQueries(() => paper.save())
    expect([queries.length, media.names.length]).toEqual([0, 2])
    expect(await old.text()).toBe('one')
    await old.delete()
    expect(media.names).toEqual([paper.body.name])
  })

  test('takes an upload, a stored name and another file; null and nothing empty it', async () => {
    const paper = await Paper.objects.create({ title: 'x', body: upload('one') })
    for (const given of [upload('up', 'up.txt'), 'papers/kept.txt', new FieldFile(upload('new', 'new.txt'))]) {
      Object.assign(paper, { cover: given })
      await paper.save()
    }
    expect((await Paper.objects.get({})).cover?.name).toBe('new.txt')
    const other = await Paper.objects.create({ title: 'y', body: paper.body, cover: 'covers/seen.png' })
    expect([other.body.name, other.cover?.name]).toEqual([paper.body.name, 'covers/seen.png'])
    paper.cover = null
    paper.scan = null
    await paper.save()
    expect((await columns())[0]).toEqual(['papers/a_b.txt', '', null])
    for (const wrong of [3, {}, new Uint8Array(2)]) {
      Object.assign(paper, { cover: wrong })
      await expect(paper.save()).rejects.toThrow(FieldValueError)
    }
    Object.assign(paper, { cover: '../settings.ts' })
    await expect(paper.save()).rejects.toThrow(SuspiciousFileName)
  })

  test('names folders by the date where people are, and has a default', async () => {
    const note = await Dated.objects.create({})
    expect(note.note.name).toBe('notes/empty.txt')
    const far = withTimeZone('Pacific/Kiritimati', () => Temporal.Now.plainDateISO('Pacific/Kiritimati'))
    await withTimeZone('Pacific/Kiritimati', async () => {
      note.note = new FieldFile(upload('x', '../../.env'))
      await note.save()
    })
    expect(note.note.name).toBe(`${far.toString().replaceAll('-', '/')} 100%/env`)
  })

  test('refuses folders that are none when it is declared', () => {
    expect(() => file({ uploadTo: '/etc' })).toThrow("file() has uploadTo '/etc', which is no relative folder")
    expect(() => image({ uploadTo: 'a/../..' })).toThrow('no relative folder')
    expect(() => file({ uploadTo: '%Y/%Q' })).toThrow("but there is no '%Q'")
    expect(() => file({ uploadTo: '%' })).toThrow("but there is no '%'")
  })

  test('keeps its folders and its column’s length whatever a function or a visitor says', async () => {
    const long = await Paper.objects.create({
      title: 'x',
      body: upload('x'),
      scan: upload('x', `${'n'.repeat(90)}.txt`),
    })
    expect(long.scan!.name).toHaveLength(40)
    const outside = Paper.objects.create({ title: '..', body: upload('x'), scan: upload('x') })
    await expect(outside).rejects.toThrow(SuspiciousFileName)
    expect(media.names).toHaveLength(1)
  })

  test('is filtered by names, and read by values', async () => {
    await Paper.objects.create({ title: 'x', body: upload('x'), cover: 'covers/a.png' })
    const paper = await Paper.objects.create({ title: 'y', body: upload('y', 'y.pdf') })
    const titles = (...rows: Paper[]) => rows.map(({ title }) => title).join()
    expect(titles(...(await Paper.objects.filter({ cover: '' })))).toBe('y')
    expect(titles(...(await Paper.objects.filter({ body__endswith: '.pdf' })))).toBe('y')
    expect(titles(...(await Paper.objects.filter({ body: paper.body })))).toBe('y')
    expect(titles(...(await Paper.objects.filter({ scan__isnull: true, cover__startswith: 'covers/' })))).toBe('x')
    expect((await Paper.objects.valuesList('cover', { flat: true })).map(String)).toEqual(['covers/a.png', 'null'])
    expect(() => Paper.objects.filter({ body: new FieldFile(upload('z')) })).toThrow('a stored file')
  })

  test('is checked by fullClean', async () => {
    const errorsOf = (paper: Paper) =>
      paper.fullClean().then(
        () => ({}),
        (error: ValidationError) => error.errors,
      )
    expect(await errorsOf(new Paper({ title: 'x' }))).toEqual({
      body: [{ code: 'blank', message: 'This is required.' }],
    })
    const paper = new Paper({ title: 'x', body: upload('x') })
    expect(await errorsOf(paper)).toEqual({})
    expect(paper.body).toBeInstanceOf(FieldFile)
    Object.assign(paper, { cover: 3 })
    expect(await errorsOf(paper)).toEqual({ cover: [{ code: 'invalid', message: 'This must be a file.' }] })
    Object.assign(paper, { cover: upload('x') })
    await paper.fullClean()
    expect(paper.cover).toBeInstanceOf(FieldFile)
    expect(media.names).toEqual([])
    expect(Paper.meta.field('cover')).toBeInstanceOf(ImageField)
  })
})

describe('a file whose row is not saved', () => {
  test('goes again, and is stored by the next save', async () => {
    await Paper.objects.create({ title: 'x', body: upload('one') })
    const twin = new Paper({ title: 'x', body: upload('second'), scan: upload('scan') })
    await expect(twin.save()).rejects.toThrow(/unique/i)
    expect([media.names, scans.names]).toEqual([['papers/a_b.txt'], []])
    expect([twin.body.isStored, twin.body.name]).toEqual([false, 'a b.txt'])
    twin.title = 'y'
    await twin.save()
    expect([await twin.body.text(), scans.names]).toEqual(['second', ['y/a_b.txt']])
  })

  test('goes where the transaction, or the savepoint, is rolled back', async () => {
    const kept = await Paper.objects.create({ title: 'kept', body: upload('kept', 'kept.txt') })
    let inner!: Paper
    await atomic(async () => {
      await Paper.objects.create({ title: 'outer', body: upload('outer', 'outer.txt') })
      const failed = atomic(async () => {
        inner = await Paper.objects.create({ title: 'inner', body: upload('inner', 'inner.txt') })
        await atomic(() => Paper.objects.create({ title: 'deep', body: upload('deep', 'deep.txt') }))
        expect(media.names).toHaveLength(4)
        throw new Error('undo')
      })
      await expect(failed).rejects.toThrow('undo')
      expect(media.names).toEqual(['papers/kept.txt', 'papers/outer.txt'])
    })
    const all = atomic(async () => {
      kept.body = new FieldFile(upload('new', 'new.txt'))
      await kept.save()
      await Paper.objects.all().update({ cover: upload('all', 'all.png') })
      expect(media.names).toHaveLength(4)
      throw new Error('undo')
    })
    await expect(all).rejects.toThrow('undo')
    expect(media.names).toEqual(['papers/kept.txt', 'papers/outer.txt'])
    for (const paper of [inner, kept]) await paper.save()
    expect(media.names).toEqual(['papers/kept.txt', 'papers/outer.txt', 'papers/inner.txt', 'papers/new.txt'])
    expect((await Paper.objects.get({ title: 'kept' })).body.name).toBe('papers/new.txt')
  })

  test('stays where only other fields are saved', async () => {
    const paper = await Paper.objects.create({ title: 'x', body: upload('one') })
    paper.cover = new FieldFile(upload('cover', 'cover.png'))
    paper.title = 'y'
    await paper.save({ updateFields: ['title'] })
    expect([media.names, paper.cover.isStored]).toEqual([['papers/a_b.txt'], false])
    await paper.save()
    expect(media.names).toEqual(['papers/a_b.txt', 'cover.png'])
  })
})

test('update stores a file once for all rows, and needs no row to name it', async () => {
  for (const title of ['x', 'y']) await Paper.objects.create({ title, body: upload(title) })
  expect(await Paper.objects.all().update({ cover: upload('c', 'c.png'), scan: 'x/seen.txt' })).toBe(2)
  expect((await columns()).map(([, cover, scan]) => [cover, scan])).toEqual([
    ['c.png', 'x/seen.txt'],
    ['c.png', 'x/seen.txt'],
  ])
  await expect(Paper.objects.all().update({ scan: upload('s') })).rejects.toThrow(
    "expected a stored file, since update() has no row for uploadTo, got 'a b.txt'",
  )
  await Paper.objects.all().update({ cover: null, scan: null })
  expect((await columns())[0]!.slice(1)).toEqual(['', null])
})

test('deleting a row leaves its file, which is deleted by itself', async () => {
  const paper = await Paper.objects.create({ title: 'x', body: upload('one') })
  const { body } = paper
  await paper.delete()
  expect(media.names).toEqual(['papers/a_b.txt'])
  await body.delete()
  await body.delete()
  expect([media.names, await body.exists()]).toEqual([[], false])
})
