import { expect, test } from 'vitest'
import * as gateway from '../src/index.ts'

test('the public face', () => {
  expect(Object.keys(gateway).sort()).toEqual([
    'GatewayContractError',
    'GatewayError',
    'ListenError',
    'RequestError',
    'cgiHost',
    'serve',
    'serveCgi',
    'toFetchHandler',
    'toPlainEnviron',
    'validator',
    'withEnviron',
  ])
})
