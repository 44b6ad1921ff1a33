import { join } from 'node:path'
import { expect, test } from 'vitest'
import { registerModels } from '../../src/models/index.ts'
import { codeOf, run } from '../documentation.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

const place = useTemporaryDatabase(`CREATE TABLE bank_account (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  owner varchar(50) NOT NULL UNIQUE, balance integer NOT NULL)`)

interface Page {
  transfer(from: string, to: string, amount: number): Promise<void>
  openAccount(owner: string): Promise<boolean>
  countQueries(): Promise<number>
  richest(): Promise<unknown>
}

test('the code of docs/transactions.md does what the page says', async () => {
  const page = await run<Page>(codeOf('transactions.md').join('\n'), join(place.dir, 'transactions.ts'))
  registerModels('bank', page as never)
  expect(await page.openAccount('ann')).toBe(true)
  expect(await page.openAccount('bob')).toBe(true)
  expect(await page.openAccount('ann')).toBe(false)
  await page.transfer('ann', 'bob', 7)
  expect(await page.richest()).toBe('bob')
  expect(await page.countQueries()).toBe(4)
  await expect(page.transfer('ann', 'nobody', 7)).rejects.toMatchObject({ name: 'DoesNotExist' })
})
