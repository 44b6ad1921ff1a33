import { describe, expect, test } from 'vitest'
import { parseSqliteUrl } from '../../../src/backends/sqlite/sqlite-url.ts'

const parse = (url: string) => parseSqliteUrl(url, '/site', (problem) => new Error(problem))

test.each([
  ['sqlite:db.sqlite3', '/site/db.sqlite3'],
  ['sqlite:data/db.sqlite3', '/site/data/db.sqlite3'],
  ['sqlite:/var/db.sqlite3', '/var/db.sqlite3'],
  ['sqlite:///var/db.sqlite3', '/var/db.sqlite3'],
  ['sqlite:/var/a%20b%3F.sqlite3', '/var/a b?.sqlite3'],
])('%s is %s', (url, path) => {
  expect(parse(url)).toEqual({ path, busyTimeout: 5000 })
})

test('timeout is in seconds', () => {
  expect(parse('sqlite:db.sqlite3?timeout=0.5').busyTimeout).toBe(500)
})

describe('what it cannot read', () => {
  test.each([
    ['sqlite::memory:', /'sqlite::memory:' would be another, empty database for each connection/],
    ['sqlite:', /names no file/],
    ['sqlite://host/db', /names a host/],
    ['sqlite:100%.sqlite3', /not an escape/],
    ['sqlite:db?timeout=soon', /timeout=soon is not a number of seconds/],
    ['sqlite:db?cache=1', /unknown option 'cache'.*timeout/],
  ])('%s', (url, message) => {
    expect(() => parse(url)).toThrow(message)
  })
})
