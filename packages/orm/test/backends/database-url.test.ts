import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/backends/database-url.ts'

const open = (url: string) => openDatabase('default', url, '/site')

test.each([
  ['sqlite:db.sqlite3', 'sqlite'],
  ['SQLite:db.sqlite3', 'sqlite'],
  ['postgres://ann:secret@db.example.com/shop', 'postgresql'],
  ['postgresql://db.example.com/shop', 'postgresql'],
])('%s is a database of %s', (url, vendor) => {
  expect(open(url)).toMatchObject({ alias: 'default', vendor })
})

describe('what no backend reads', () => {
  test.each([
    ['sqlite:', /^databases\.default: 'sqlite:' names no file/],
    ['postgres://ann:hidden@host', /^databases\.default: the URL of the PostgreSQL database names no database/],
    [
      'mysql://u:hidden@host/db',
      /got 'mysql:\/\/\*\*\*@host\/db', which is not a database URL. Use 'sqlite:db.sqlite3' .*'postgres:\/\/user/,
    ],
    ['db.sqlite3', /got 'db.sqlite3', which is not a database URL/],
  ])('%s', (url, message) => {
    expect(() => open(url)).toThrow(expect.objectContaining({ name: 'ImproperlyConfigured' }))
    expect(() => open(url)).toThrow(message)
    expect(() => open(url)).not.toThrow(/hidden/)
  })
})
