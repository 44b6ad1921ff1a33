import { expect, test } from 'vitest'
import { type CheckMessage, CheckRegistry } from '../src/index.ts'

const finding = (id: string): CheckMessage => ({ level: 'warning', id, message: 'something' })

test('runs every check, in the order of registration, asynchronous ones too', async () => {
  const checks = new CheckRegistry()
  checks.register(async () => [finding('urls.W001')], 'urls')
  checks.register(() => [finding('models.W001'), finding('models.W002')], 'models')
  expect((await checks.run()).map(({ id }) => id)).toEqual(['urls.W001', 'models.W001', 'models.W002'])
})

test('with tags, runs only the checks that carry one', async () => {
  const checks = new CheckRegistry()
  checks.register(() => [finding('urls.W001')], 'urls')
  checks.register(() => [finding('models.W001')], 'models', 'database')
  expect((await checks.run({ tags: ['database'] })).map(({ id }) => id)).toEqual(['models.W001'])
  expect(await checks.run({ tags: [] })).toEqual([])
})
