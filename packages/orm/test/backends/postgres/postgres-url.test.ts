import { describe, expect, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/backends/postgres/postgres-url.ts'

const parse = (url: string) => parsePostgresUrl(url, (problem) => new Error(problem))

test('host, port, database, user and password are decoded', () => {
  expect(parse('postgres://ann:p%40ss%2F@db.example.com:6432/my%20shop')).toMatchObject({
    host: 'db.example.com',
    port: 6432,
    database: 'my shop',
    user: 'ann',
    password: 'p@ss/',
  })
  expect(parse('postgresql://[::1]/shop')).toMatchObject({
    host: '::1',
    port: 5432,
    user: undefined,
    password: undefined,
  })
  expect(parse('POSTGRES:///shop?host=/run/postgresql')).toMatchObject({ host: '/run/postgresql', database: 'shop' })
  expect(parse('postgres:///shop').host).toBe('localhost')
})

test('options have defaults, and times are in seconds', () => {
  expect(parse('postgres://h/d')).toMatchObject({
    poolSize: 10,
    poolTimeout: 30_000,
    idleTimeout: 60_000,
    connectTimeout: 10_000,
    statementTimeout: 0,
    lockTimeout: 0,
    sslmode: 'prefer',
    applicationName: 'nuages',
    isolationLevel: undefined,
    prepared: true,
  })
  const options =
    'pool_size=3&pool_timeout=0.5&idle_timeout=1&connect_timeout=2&statement_timeout=0.25&lock_timeout=4' +
    '&sslmode=verify-full&sslrootcert=/ca.pem&application_name=shop&isolation_level=repeatable_read&prepared=false'
  expect(parse(`postgres://h/d?${options}`)).toMatchObject({
    poolSize: 3,
    poolTimeout: 500,
    idleTimeout: 1000,
    connectTimeout: 2000,
    statementTimeout: 250,
    lockTimeout: 4000,
    sslmode: 'verify-full',
    sslrootcert: '/ca.pem',
    applicationName: 'shop',
    isolationLevel: 'repeatable read',
    prepared: false,
  })
})

test('a server on this machine is asked without TLS', () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]']) expect(parse(`postgres://${host}/d`).sslmode).toBe('disable')
  expect(parse('postgres://localhost/d?sslmode=require').sslmode).toBe('require')
})

describe('what it cannot read', () => {
  test.each([
    ['postgres://u:hidden@h', /names no database: its path is ''\. Use 'postgres:\/\/user:password@host:5432\/name'/],
    ['postgres://u:hidden@h/a/b', /names no database: its path is '\/a\/b'/],
    ['postgres://u:hidden@h:port/d', /cannot be read. Use .*percent-encoded/],
    ['postgres://u:hid#den@h/d', /cannot be read|names no database/],
    ['postgres://u:hidden%@h/d', /'%' that is not an escape/],
    ['postgres://u:hidden@h:0/d', /port 0 is not from 1 to 65535/],
    ['postgres://h/d?pool=3', /unknown option 'pool' in the URL\..*PostgreSQL takes: pool_size, /],
    ['postgres://h/d?poolsize=3', /unknown option 'poolsize' in the URL\. Did you mean 'pool_size'/],
    ['postgres://h/d?pool_size=0', /pool_size=0 is not a whole number from 1 to 1000/],
    ['postgres://h/d?statement_timeout=30000', /statement_timeout=30000 is not a number of seconds from 0 to 3600/],
    ['postgres://h/d?sslmode=on', /sslmode=on is none of: disable, prefer, require, verify-ca, verify-full/],
    ['postgres://h/d?isolation_level=snapshot', /is none of: read_committed, repeatable_read, serializable/],
  ])('%s', (url, message) => {
    expect(() => parse(url)).toThrow(message)
    expect(() => parse(url)).not.toThrow(/hid/)
  })
})
