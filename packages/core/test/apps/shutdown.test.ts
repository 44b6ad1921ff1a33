import { expect, test } from 'vitest'
import { onShutdown, resetSetup, shutdown } from '../../src/index.ts'

test('what registered is closed once, whatever another one does, and the error is told', async () => {
  const closed: string[] = []
  onShutdown(async () => void closed.push('first'))
  onShutdown(async () => {
    throw new Error('cannot close')
  })
  onShutdown(async () => void closed.push('last'))
  await expect(shutdown()).rejects.toThrow('cannot close')
  expect(closed).toEqual(['first', 'last'])
  await shutdown()
  onShutdown(async () => void closed.push('again'))
  await resetSetup()
  expect(closed).toEqual(['first', 'last', 'again'])
})
