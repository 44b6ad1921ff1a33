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
  report(): Promise<unknown>
  payInterest(): Promise<void>
  wouldFit(rows: readonly { owner: string }[]): Promise<number>
}

test('the code of docs/transactions.md does what the page says', async () => {
  const page = await run<Page>(codeOf('transactions.md').join('\n'), join(place.dir, 'transactions.ts'))
  await database().script(tablesOf(registerModels('bank', page as never)))
  expect(await page.openAccount('ann')).toBe(true)
  expect(await page.openAccount('bob')).toBe(true)
  expect(await page.openAccount('ann')).toBe(false)
  await page.transfer('ann', 'bob', 7)
  expect(await page.report()).toEqual({ total: 0, accounts: 2 })
  expect(await page.openAccount('bank')).toBe(true)
  await page.transfer('bob', 'bank', 300)
  await page.transfer('bank', 'ann', 500)
  await page.payInterest()
  expect(await page.report()).toEqual({ total: 0, accounts: 3 })
  expect(await page.wouldFit([{ owner: 'cleo' }, { owner: 'dan' }])).toBe(2)
  await expect(page.wouldFit([{ owner: 'cleo' }, { owner: 'ann' }])).rejects.toMatchObject({ kind: 'unique' })
  expect(await page.report()).toEqual({ total: 0, accounts: 3 })
  await expect(page.transfer('ann', 'nobody', 7)).rejects.toMatchObject({ name: 'DoesNotExist' })
})
