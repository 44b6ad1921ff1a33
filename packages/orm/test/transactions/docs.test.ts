import { join } from 'node:path'
import { expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { registerModels } from '../../src/models/index.ts'
import { codeOf, run } from '../documentation.ts'
import { tablesOf } from '../library/use-library.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

const place = useTemporaryDatabase()

interface Page {
  transfer(from: string, to: string, amount: number): Promise<void>
  openAccount(owner: string): Promise<boolean>
  countQueries(): Promise<number>
  richest(): Promise<unknown>
}

test('the code of docs/transactions.md does what the page says', async () => {
  const page = await run<Page>(codeOf('transactions.md').join('\n'), join(place.dir, 'transactions.ts'))
  await database().script(tablesOf(registerModels('bank', page as never)))
  expect(await page.openAccount('ann')).toBe(true)
  expect(await page.openAccount('bob')).toBe(true)
  expect(await page.openAccount('ann')).toBe(false)
  await page.transfer('ann', 'bob', 7)
  expect(await page.richest()).toBe('bob')
  expect(await page.countQueries()).toBe(4)
  await expect(page.transfer('ann', 'nobody', 7)).rejects.toMatchObject({ name: 'DoesNotExist' })
})
