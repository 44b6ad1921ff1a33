import { expect, test } from 'vitest'
import * as testing from '../src/index.ts'

test('the public face', () => {
  expect(Object.keys(testing).sort()).toEqual([
    'Client',
    'CookieJar',
    'QueryCountError',
    'RedirectCycleError',
    'TestClientError',
    'TestDatabase',
    'TestResponse',
    'assertNumQueries',
    'captureQueries',
    'outbox',
    'testDatabase',
  ])
})
