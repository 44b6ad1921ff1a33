import pg from 'pg'
import { describe, expect, test } from 'vitest'
import type { Database } from '../../../../src/backends/database.ts'
import { PostgresSchemaEditor } from '../../../../src/backends/postgres/schema-editor.ts'
import { database } from '../../../../src/backends/registry.ts'
import type { SqlValue } from '../../../../src/backends/statement.ts'
import {
  array,
  bigAuto,
  bigInteger,
  CASCADE,
  char,
  date,
  dateTime,
  decimal,
  float,
  foreignKey,
  generated,
  integer,
  json,
  manyToMany,
  Now,
  positiveInteger,
  SET_NULL,
  smallInteger,
  text,
  Upper,
  UUID4,
  uuid,
} from '../../../../src/index.ts'
import * as m from '../../../../src/migrations/index.ts'
import { newMigration } from '../../../../src/migrations/migration.ts'
import type { Operation } from '../../../../src/migrations/operations/operation.ts'
import { ProjectState } from '../../../../src/migrations/state/project-state.ts'
import { useTemporaryDatabase } from '../../../temporary-database.ts'

/*
 * What the safety check says of PostgreSQL, measured: each change runs in a transaction on a table with rows, which is then asked
 * what lock it took, whether its rows were written anew, and whether it was read through.
 */

const base: Operation[] = [
  m.createModel('Author', { id: bigAuto(), name: char({ maxLength: 50 }) }),
  m.createModel('Tag', { id: bigAuto(), name: char({ maxLength: 50 }) }),
  m.createModel('Post', {
    id: bigAuto(),
    title: char({ maxLength: 50 }),
    slug: char({ maxLength: 50, dbIndex: true }),
    body: text(),
    pages: integer({ null: true }),
    words: integer(),
    price: decimal({ maxDigits: 6, decimalPlaces: 2 }),
    weight: float(),
    published: dateTime({ null: true }),
    code: uuid({ null: true }),
    extra: json({ null: true }),
    labels: array(char({ maxLength: 10 }), { null: true }),
    writer: foreignKey('blog.Author', { onDelete: CASCADE, null: true, dbConstraint: false, dbIndex: false }),
  }),
  m.addIndex('Post', { name: 'by_pages', fields: ['pages'] }),
  m.addConstraint('Post', { type: 'check', name: 'few_pages', condition: { pages__lt: 1000 } }),
]

const state = base.reduce((before, operation) => operation.applyTo(before, 'blog'), new ProjectState())

const rows = `INSERT INTO blog_author (name) VALUES ('Ann');
  INSERT INTO blog_post (title, slug, body, words, price, weight, pages)
  SELECT 'title ' || n, 'slug-' || n, '12', n, n % 10, n, n FROM generate_series(1, 100) AS n`

interface Measured {
  /** The strongest lock that is held on the table until the commit. */
  readonly lock: string
  /** Whether its rows were written anew, in a file of another number. */
  readonly rewritten: boolean
  /** Whether every row was read. */
  readonly read: boolean
}

const modes = [
  'none',
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
]

/** The SQL of the operations, for whatever database it is made for. */
async function schemaOf(operations: readonly Operation[]): Promise<string> {
  const statements: string[] = []
  const editor = new PostgresSchemaEditor({
    run: async (sql) => void statements.push(sql),
    all: async () => [[false]] as never,
  })
  let from = new ProjectState()
  for (const operation of operations) {
    const to = operation.applyTo(from, 'blog')
    const postgres = { vendor: 'postgresql', alias: 'default' } as Database
    await operation.forwards({ app: 'blog', from, to, editor, database: postgres, recording: true })
    from = to
  }
  return statements.join(';\n')
}

const schema = await schemaOf(base)

describe('what PostgreSQL locks', () => {
  const place = useTemporaryDatabase(schema)

  /** What `operations`, or else `sqls`, take in one transaction, on tables that are as `prepared` leaves them. */
  async function measure(
    operations: readonly Operation[],
    sqls: readonly string[] = [],
    prepared: readonly string[] = [],
  ): Promise<Measured> {
    const client = new pg.Client({ connectionString: place.url })
    await client.connect()
    try {
      const editor = new PostgresSchemaEditor({
        run: async (sql) => void (await client.query(sql)),
        all: async (sql, params) =>
          (await client.query({ text: sql, values: [...params], rowMode: 'array' })).rows as SqlValue[][],
      })
      await client.query(rows)
      for (const sql of prepared) await client.query(sql)
      const id = (await client.query("SELECT 'blog_post'::regclass::oid AS id")).rows[0].id as number
      await client.query('BEGIN')
      const before = await client.query(look, [id])
      for (const operation of operations) {
        const to = operation.applyTo(state, 'blog')
        await operation.forwards({ app: 'blog', from: state, to, editor, database: database(), recording: false })
      }
      for (const sql of sqls) await client.query(sql)
      const after = await client.query(look, [id])
      await client.query('ROLLBACK')
      const [old, now] = [before.rows[0] as Look, after.rows[0] as Look]
      return {
        lock: modes[now.lock]!.replace('Lock', ''),
        rewritten: old.file !== now.file,
        read: Number(now.scans) > Number(old.scans),
      }
    } finally {
      await client.end()
    }
  }

  interface Look {
    readonly lock: number
    readonly file: string
    readonly scans: string
  }

  const look = `SELECT c.relfilenode AS file, pg_stat_get_xact_numscans(c.oid) AS scans,
    (SELECT COALESCE(MAX(array_position('{${modes.join(',')}}'::text[], mode)), 1) - 1 FROM pg_locks
      WHERE pid = pg_backend_pid() AND relation = c.oid AND granted) AS lock
    FROM pg_class c WHERE c.oid = $1`

  const post = (name: string, field: object) => m.alterField('Post', name, field)
  const add = (field: object, oneOff?: unknown) =>
    m.addField('Post', 'extra2', field, oneOff === undefined ? {} : { oneOff })
  const key = (options: object = {}) => foreignKey('blog.Author', { onDelete: SET_NULL, null: true, ...options })

  const check = { type: 'check', name: 'short', condition: { words__lt: 1000 } } as const
  const unique = { type: 'unique', name: 'once', fields: ['words'] } as const
  const exclusion = { type: 'exclude', name: 'apart', using: 'spgist', expressions: [['title', '=']] } as const
  const upper = generated({ expression: Upper('title'), outputField: text(), dbPersist: true })
  const writer = (options: object) => foreignKey('blog.Author', { onDelete: CASCADE, null: true, ...options })

  const quick = 'AccessExclusive'
  const reads = 'AccessExclusive, reads'
  const rewrites = 'AccessExclusive, rewrites'
  const none: readonly string[] = []

  const cases: readonly (readonly [
    what: string,
    operation: Operation,
    measured: string,
    findings: readonly string[],
  ])[] = [
    ['a new column that may be null', add(text({ null: true })), quick, none],
    ['a new column with one value for all', add(integer(), 3), quick, ['required-column']],
    ['a new column with a default of the database', add(integer({ dbDefault: 3 })), quick, none],
    ['a new column with the time as its default', add(dateTime({ dbDefault: Now() })), quick, none],
    ['a new column with a default for each row', add(uuid({ dbDefault: UUID4() })), rewrites, ['rewrite-table']],
    ['a new column that is computed and stored', add(upper), rewrites, ['rewrite-table']],
    ['a new column with a check', add(positiveInteger({ null: true })), reads, ['add-check']],
    ['a new column that is unique', add(integer({ null: true, unique: true })), reads, ['add-unique']],
    ['a new column with an index', add(integer({ null: true, dbIndex: true })), reads, ['add-index']],
    ['a new foreign key with its index', add(key()), reads, ['add-index']],
    ['a new foreign key without an index', add(key({ dbIndex: false })), quick, none],
    ['a new foreign key with a value', add(key({ dbIndex: false }), 1), reads, ['add-foreign-key']],
    ['a new many-to-many', add(manyToMany('blog.Tag')), 'ShareRowExclusive', none],
    ['a column that goes', m.removeField('Post', 'body'), quick, ['drop-column']],
    ['a column with another name', m.renameField('Post', 'body', 'text'), quick, ['rename-column']],
    ['a table with another name', m.alterModelTable('Post', 'posts'), quick, ['rename-table']],
    ['a comment', m.alterModelTableComment('Post', 'What was written.'), 'ShareUpdateExclusive', none],
    ['longer text', post('title', char({ maxLength: 80 })), quick, none],
    ['text of any length', post('title', text()), quick, none],
    ['longer text under an index', post('slug', char({ maxLength: 80, dbIndex: true })), quick, none],
    ['text of any length under an index for LIKE', post('slug', text({ dbIndex: true })), reads, ['add-index']],
    ['shorter text', post('title', char({ maxLength: 20 })), rewrites, ['narrow-type']],
    ['text of a length', post('body', char({ maxLength: 20 })), rewrites, ['narrow-type']],
    ['a larger number', post('words', bigInteger()), rewrites, ['rewrite-table']],
    ['a smaller number', post('words', smallInteger()), rewrites, ['narrow-type']],
    ['more digits before the point', post('price', decimal({ maxDigits: 9, decimalPlaces: 2 })), quick, none],
    ['more digits after it', post('price', decimal({ maxDigits: 9, decimalPlaces: 3 })), rewrites, ['rewrite-table']],
    ['fewer digits before it', post('price', decimal({ maxDigits: 5, decimalPlaces: 2 })), rewrites, ['narrow-type']],
    ['a number of text', post('body', integer()), rewrites, ['change-type']],
    ['text of a number', post('words', text()), rewrites, ['change-type']],
    ['a day of a moment', post('published', date({ null: true })), rewrites, ['change-type']],
    [
      'an array of longer text',
      post('labels', array(char({ maxLength: 20 }), { null: true })),
      rewrites,
      ['rewrite-table'],
    ],
    ['another collation', post('title', char({ maxLength: 50, dbCollation: 'C' })), quick, none],
    [
      'another collation under an index',
      post('slug', char({ maxLength: 50, dbIndex: true, dbCollation: 'C' })),
      reads,
      ['rewrite-table'],
    ],
    ['a column that may no longer be null', post('pages', integer()), reads, ['not-null']],
    ['a column that may be null', post('words', integer({ null: true })), quick, none],
    ['a default', post('words', integer({ dbDefault: 3 })), quick, none],
    ['a column that is unique', post('words', integer({ unique: true })), reads, ['add-unique']],
    ['a column with an index', post('words', integer({ dbIndex: true })), 'Share, reads', ['add-index']],
    ['a column with a check', post('words', positiveInteger()), reads, ['add-check']],
    [
      'a key that becomes one',
      post('writer', writer({ dbIndex: false })),
      'ShareRowExclusive, reads',
      ['add-foreign-key'],
    ],
    ['an index', m.addIndex('Post', { name: 'by_words', fields: ['words'] }), 'Share, reads', ['add-index']],
    ['an index that goes', m.removeIndex('Post', 'by_pages'), 'AccessExclusive', none],
    ['a unique constraint', m.addConstraint('Post', unique), reads, ['add-unique']],
    ['a check', m.addConstraint('Post', check), reads, ['add-check']],
    ['a check that is not valid yet', m.addConstraintNotValid('Post', check), quick, ['add-check']],
    ['an exclusion', m.addConstraint('Post', exclusion), reads, ['add-exclusion']],
    ['a constraint that goes', m.removeConstraint('Post', 'few_pages'), quick, none],
  ]

  test.for(cases)('%s', async ([, operation, measured, ids]) => {
    const found = await measure([operation])
    expect(told(found)).toBe(measured)
    const migration = newMigration({ app: 'blog', name: '0002_change', operations: [operation] })
    const findings = await m.checkSafety({ migrations: [migration], state, vendor: 'postgresql' })
    expect(findings.map(({ id }) => id)).toEqual(ids)
    // What stops others from writing, and takes longer the more rows there are, is what the check calls a lock.
    const stopsWriters = modes.indexOf(`${found.lock}Lock`) >= modes.indexOf('ShareLock')
    const grows = found.rewritten || found.read
    expect(findings.some(({ kinds }) => kinds.includes('lock'))).toBe(stopsWriters && grows)
  })

  function told({ lock, rewritten, read }: Measured): string {
    return rewritten ? `${lock}, rewrites` : read ? `${lock}, reads` : lock
  }

  const addCheck = 'ALTER TABLE blog_post ADD CONSTRAINT c CHECK (pages IS NOT NULL) NOT VALID'
  const addKey = 'ALTER TABLE blog_post ADD CONSTRAINT c FOREIGN KEY (writer_id) REFERENCES blog_author (id) NOT VALID'
  const validate = 'ALTER TABLE blog_post VALIDATE CONSTRAINT c'
  const setNotNull = 'ALTER TABLE blog_post ALTER COLUMN pages SET NOT NULL'

  test('a valid check spares SET NOT NULL from reading the table', async () => {
    expect(told(await measure([], [setNotNull], [addCheck, validate]))).toBe(quick)
  })

  test('a check is validated while others write', async () => {
    expect(told(await measure([], [validate], [addCheck]))).toBe('ShareUpdateExclusive, reads')
  })

  test('a check that is validated in the transaction that adds it is, while nobody reads', async () => {
    expect(told(await measure([], [addCheck, validate]))).toBe(reads)
  })

  test('a foreign key that is not valid reads nothing', async () => {
    expect(told(await measure([], [addKey]))).toBe('ShareRowExclusive')
  })

  test('a foreign key is validated while others write', async () => {
    expect(told(await measure([], [validate], [addKey]))).toBe('ShareUpdateExclusive, reads')
  })

  test('a unique constraint takes over an index that is there', async () => {
    const index = 'CREATE UNIQUE INDEX c ON blog_post (words)'
    expect(told(await measure([], ['ALTER TABLE blog_post ADD CONSTRAINT c UNIQUE USING INDEX c'], [index]))).toBe(
      quick,
    )
  })
})
