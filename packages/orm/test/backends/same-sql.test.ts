import { expect, test } from 'vitest'
import { sameSql } from '../../src/backends/same-sql.ts'

test.each([
  [`"price" > 0`, '(price > (0)::numeric)'],
  [`"a" = 'x' AND b IS NULL`, `((a)::text = 'x'::character varying) and (b is null)`],
  [`at > '2020'`, `at > '2020'::timestamp with time zone`],
  [`n = '5'`, 'n = 5'],
  [`m = 'it''s'`, `m = 'it''s'::"Mood"`],
])('%s is %s', (one, other) => {
  expect(sameSql(one, other)).toBe(true)
})

test.each([
  ['a::text and b > 3', 'a::text'],
  ['a::text and b > 3', 'a::text and b > 4'],
  [`a = 'X'`, `a = 'x'`],
  [`a = '(x)'`, `a = 'x'`],
  ['a', 'b'],
])('%s is not %s', (one, other) => {
  expect(sameSql(one, other)).toBe(false)
})
