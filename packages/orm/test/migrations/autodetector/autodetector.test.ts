import { expect, test } from 'vitest'
import { cases } from './cases/index.ts'
import { detected } from './detected.ts'

test.for(Object.entries(cases))('%s', async ([, { before, after, answers, expected }]) => {
  expect(await detected(before, after, answers)).toEqual(expected)
})
