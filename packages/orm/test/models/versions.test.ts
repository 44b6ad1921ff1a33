import { beforeEach, expect, test } from 'vitest'
import { atomic, char, Model, manager, registerModels, StaleRowError, version } from '../../src/index.ts'
import { tablesOf } from '../library/use-library.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

class Page extends Model({ title: char({ maxLength: 50 }), version: version() }) {
  static objects = manager(Page)
}

const metas = registerModels('wiki', { Page })
useTemporaryDatabase(() => tablesOf(metas))
beforeEach(async () => {
  await Page.objects.create({ title: 'Home' })
})

const stored = async () => (await Page.objects.values('title', 'version'))[0]

test('each change counts the version up; nothing changed counts nothing', async () => {
  const page = await Page.objects.get({ title: 'Home' })
  expect(page.version).toBe(1)
  await page.save()
  expect(page.version).toBe(1)
  page.title = 'Start'
  await page.save()
  await page.save()
  expect([page.version, await stored()]).toEqual([2, { title: 'Start', version: 2 }])
  page.title = 'Begin'
  await page.save({ updateFields: ['title'] })
  expect([page.version, await stored()]).toEqual([3, { title: 'Begin', version: 3 }])
})

test('the second of two who change a row is refused, and writes nothing', async () => {
  const [mine, theirs] = [await Page.objects.get({}), await Page.objects.get({})]
  theirs.title = 'Theirs'
  await theirs.save()
  mine.title = 'Mine'
  const failing = mine.save()
  await expect(failing).rejects.toThrow(StaleRowError)
  await expect(mine.save({ updateFields: ['title'] })).rejects.toMatchObject({ row: mine, code: 'stale-row' })
  await expect(mine.save({ forceUpdate: true })).rejects.toThrow('since version 1 of it was read')
  expect(await stored()).toEqual({ title: 'Theirs', version: 2 })
  await mine.refreshFromDb()
  mine.title = 'Mine'
  await mine.save()
  expect(await stored()).toEqual({ title: 'Mine', version: 3 })
})

test('a row that is gone is not made again', async () => {
  const page = await Page.objects.get({})
  await Page.objects.all().delete()
  page.title = 'x'
  await expect(page.save()).rejects.toThrow(StaleRowError)
  expect(await Page.objects.count()).toBe(0)
})

test('a row that has changed is not deleted', async () => {
  const [mine, theirs] = [await Page.objects.get({}), await Page.objects.get({})]
  theirs.title = 'Theirs'
  await theirs.save()
  await expect(mine.delete()).rejects.toThrow(StaleRowError)
  expect(await Page.objects.count()).toBe(1)
  await theirs.delete()
  expect(await Page.objects.count()).toBe(0)
})

test('bulkUpdate writes all or none', async () => {
  const other = await Page.objects.create({ title: 'Other' })
  const rows = await Page.objects.orderBy('id')
  other.title = 'Changed'
  await other.save()
  for (const row of rows) row.title = `${row.title}!`
  await expect(Page.objects.bulkUpdate(rows, ['title'])).rejects.toThrow('1 of 2 rows')
  expect(await Page.objects.valuesList('title', { flat: true }).orderBy('id')).toEqual(['Home', 'Changed'])
  await rows[1]!.refreshFromDb()
  expect(await Page.objects.bulkUpdate(rows, ['title'])).toBe(2)
  expect(rows.map((row) => row.version)).toEqual([2, 3])
  expect(await Page.objects.valuesList('version', { flat: true }).orderBy('id')).toEqual([2, 3])
})

test('what a rollback took back may be saved again', async () => {
  const page = await Page.objects.get({})
  const fails = async (): Promise<void> => {
    page.title = 'x'
    await page.save()
    throw new Error('no')
  }
  await expect(atomic(fails)).rejects.toThrow('no')
  expect(page.version).toBe(1)
  await page.save()
  expect(await stored()).toEqual({ title: 'x', version: 2 })
})

test('twenty who change a row at the same time: one of them does', async () => {
  const rows = await Promise.all(Array.from({ length: 20 }, () => Page.objects.get({})))
  const saves = await Promise.allSettled(
    rows.map((row, at) => {
      row.title = `by ${at}`
      return row.save()
    }),
  )
  expect(saves.filter(({ status }) => status === 'fulfilled').length).toBe(1)
  expect((await stored())?.version).toBe(2)
})
