import { describe, expect, test } from 'vitest'
import {
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
  manyToMany,
  positiveInteger,
  SET_NULL,
  smallInteger,
  text,
  Upper,
  UUID4,
  uuid,
} from '../../../src/index.ts'
import {
  addConstraint,
  addConstraintConcurrently,
  addConstraintNotValid,
  addField,
  addFieldConcurrently,
  addIndex,
  addIndexConcurrently,
  alterField,
  alterFieldConcurrently,
  alterModelTable,
  checkSafety,
  createModel,
  deleteModel,
  type Finding,
  noop,
  type Operation,
  removeField,
  renameField,
  renameModel,
  runCode,
  runSQL,
  separateDatabaseAndState,
  validateConstraint,
} from '../../../src/migrations/index.ts'
import { type Migration, newMigration } from '../../../src/migrations/migration.ts'
import { ProjectState } from '../../../src/migrations/state/project-state.ts'

/*
 * What is found, by operation, on either database: the check asks none, so both are looked at in one run. Locks of PostgreSQL are
 * measured in locks.test.ts.
 */

const base: Operation[] = [
  createModel('Author', { id: bigAuto(), name: char({ maxLength: 50 }) }),
  createModel('Tag', { id: bigAuto(), name: char({ maxLength: 50 }) }),
  createModel('Post', {
    id: bigAuto(),
    title: char({ maxLength: 50 }),
    slug: char({ maxLength: 50 }),
    body: text(),
    pages: integer({ null: true }),
    words: integer(),
    rating: integer({ dbDefault: 3 }),
    price: decimal({ maxDigits: 6, decimalPlaces: 2 }),
    weight: float(),
    published: dateTime({ null: true }),
    upper: generated({ expression: Upper('title'), outputField: text(), dbPersist: true }),
    author: foreignKey('blog.Author', { onDelete: CASCADE, dbIndex: false }),
    tags: manyToMany('blog.Tag'),
  }),
]
const state = base.reduce((before, operation) => operation.applyTo(before, 'blog'), new ProjectState())

const big = new Map(['blog_post', 'blog_author', 'blog_tag'].map((table) => [table, 2_000_000]))

function found(vendor: string, operations: readonly Operation[], parts: Partial<Migration> = {}): Promise<Finding[]> {
  const migration = newMigration({ app: 'blog', name: '0002_change', operations, ...parts })
  return checkSafety({ migrations: [migration], state, vendor, sizes: big })
}

const told = (findings: readonly Finding[]) => findings.map(({ id, kinds }) => `${id}: ${kinds.join(', ')}`)

const check = { type: 'check', name: 'short', condition: { words__lt: 1000 } } as const
const unique = { type: 'unique', name: 'once', fields: ['title'] } as const
const index = { name: 'by_words', fields: ['words'] } as const
const alter = (name: string, field: object) => alterField('Post', name, field)
const rebuilt = 'rebuild-table: lock'

const cases: readonly (readonly [what: string, operation: Operation, postgresql: string[], sqlite: string[]])[] = [
  ['a new model', createModel('Page', { id: bigAuto(), post: foreignKey('blog.Post', { onDelete: CASCADE }) }), [], []],
  ['a new column that may be null', addField('Post', 'lead', text({ null: true })), [], []],
  [
    'a new column that may not, without a default of the database',
    addField('Post', 'lead', text({ default: '' })),
    ['required-column: breaks-running-code'],
    ['required-column: breaks-running-code', rebuilt],
  ],
  ['a new column with a default of the database', addField('Post', 'lead', text({ dbDefault: '' })), [], []],
  [
    'a new column whose default differs from row to row',
    addField('Post', 'code', uuid({ dbDefault: UUID4() })),
    ['rewrite-table: lock'],
    [rebuilt],
  ],
  ['a new many-to-many', addField('Author', 'tags', manyToMany('blog.Tag')), [], []],
  [
    'a column that goes',
    removeField('Post', 'body'),
    ['drop-column: breaks-running-code, data-loss'],
    ['drop-column: breaks-running-code, data-loss'],
  ],
  [
    'a computed column that goes: it can be computed again',
    removeField('Post', 'upper'),
    ['drop-column: breaks-running-code'],
    ['drop-column: breaks-running-code'],
  ],
  [
    'a many-to-many that goes',
    removeField('Post', 'tags'),
    ['drop-table: breaks-running-code, data-loss'],
    ['drop-table: breaks-running-code, data-loss'],
  ],
  [
    'a model that goes',
    deleteModel('Post'),
    ['drop-table: breaks-running-code, data-loss', 'drop-table: breaks-running-code, data-loss'],
    ['drop-table: breaks-running-code, data-loss', 'drop-table: breaks-running-code, data-loss'],
  ],
  [
    'a field with another name',
    renameField('Post', 'body', 'text'),
    ['rename-column: breaks-running-code'],
    ['rename-column: breaks-running-code'],
  ],
  [
    'a model with another name',
    renameModel('Author', 'Writer'),
    ['rename-table: breaks-running-code'],
    ['rename-table: breaks-running-code'],
  ],
  [
    'a table with another name',
    alterModelTable('Author', 'writers'),
    ['rename-table: breaks-running-code'],
    ['rename-table: breaks-running-code'],
  ],
  ['a field that goes in the state alone', separateDatabaseAndState({ state: [removeField('Post', 'body')] }), [], []],
  [
    'a column that may no longer be null',
    alter('pages', integer()),
    ['not-null: lock, breaks-running-code'],
    ['not-null: breaks-running-code'],
  ],
  ['a column that may be null', alter('words', integer({ null: true })), [], []],
  [
    'a default of the database that goes',
    alter('rating', integer()),
    ['drop-default: breaks-running-code'],
    ['drop-default: breaks-running-code', rebuilt],
  ],
  ['longer text', alter('slug', char({ maxLength: 80 })), [], [rebuilt]],
  [
    'longer text that another column is computed of',
    alter('title', char({ maxLength: 80 })),
    ['rewrite-table: lock'],
    [rebuilt],
  ],
  [
    'shorter text, which SQLite does not mind',
    alter('slug', char({ maxLength: 20 })),
    ['narrow-type: lock, breaks-running-code'],
    [rebuilt],
  ],
  ['a larger number', alter('words', bigInteger()), ['rewrite-table: lock'], [rebuilt]],
  ['a smaller number', alter('words', smallInteger()), ['narrow-type: lock, breaks-running-code'], [rebuilt]],
  ['a longer decimal', alter('price', decimal({ maxDigits: 9, decimalPlaces: 2 })), [], []],
  [
    'a decimal of fewer places',
    alter('price', decimal({ maxDigits: 6, decimalPlaces: 1 })),
    ['narrow-type: lock, breaks-running-code, data-loss'],
    [],
  ],
  [
    'text that becomes a number',
    alter('body', integer()),
    ['change-type: lock, breaks-running-code, data-loss'],
    ['change-type: breaks-running-code, data-loss', rebuilt],
  ],
  [
    'a number that becomes text',
    alter('words', text()),
    ['change-type: lock, breaks-running-code'],
    ['change-type: breaks-running-code', rebuilt],
  ],
  [
    'a moment that becomes a day',
    alter('published', date({ null: true })),
    ['change-type: lock, breaks-running-code, data-loss'],
    ['change-type: breaks-running-code, data-loss', rebuilt],
  ],
  ['an index', addIndex('Post', index), ['add-index: lock'], [rebuilt]],
  ['an index beside the traffic', addIndexConcurrently('Post', index), [], [rebuilt]],
  [
    'a unique constraint',
    addConstraint('Post', unique),
    ['add-unique: lock, breaks-running-code'],
    ['add-unique: breaks-running-code', rebuilt],
  ],
  [
    'a unique constraint beside the traffic',
    addConstraintConcurrently('Post', unique),
    ['add-unique: breaks-running-code'],
    ['add-unique: breaks-running-code', rebuilt],
  ],
  [
    'a field that becomes unique',
    alter('words', integer({ unique: true })),
    ['add-unique: lock, breaks-running-code'],
    ['add-unique: breaks-running-code', rebuilt],
  ],
  [
    'a check that is not valid yet',
    addConstraintNotValid('Post', check),
    ['add-check: breaks-running-code'],
    ['add-check: breaks-running-code'],
  ],
  [
    'a number that may no longer be negative',
    alter('words', positiveInteger()),
    ['add-check: lock, breaks-running-code'],
    ['add-check: breaks-running-code', rebuilt],
  ],
  [
    'a key that becomes one',
    alterField('Post', 'author', foreignKey('blog.Tag', { onDelete: CASCADE, dbIndex: false })),
    ['add-foreign-key: lock, breaks-running-code'],
    ['add-foreign-key: breaks-running-code', rebuilt],
  ],
  [
    'a new foreign key that may be null, whose index is built',
    addField('Post', 'editor', foreignKey('blog.Author', { onDelete: SET_NULL, null: true })),
    ['add-index: lock'],
    [rebuilt],
  ],
  [
    'a new foreign key beside the traffic',
    addFieldConcurrently('Post', 'editor', foreignKey('blog.Author', { onDelete: SET_NULL, null: true })),
    [],
    [rebuilt],
  ],
  [
    'NOT NULL beside the traffic',
    alterFieldConcurrently('Post', 'pages', integer()),
    ['not-null: breaks-running-code'],
    ['not-null: breaks-running-code'],
  ],
  ['code without a way back', runCode(async () => {}), ['no-way-back: irreversible'], ['no-way-back: irreversible']],
  ['SQL with a way back', runSQL('SELECT 1', noop), [], []],
  [
    'code over a big table in one transaction',
    runCode(async (history) => void history.model('blog.Post'), noop),
    ['code-in-one-transaction: lock'],
    ['code-in-one-transaction: lock'],
  ],
]

describe('what is found', () => {
  test.for(cases)('%s', async ([, operation, postgresql, sqlite]) => {
    expect(told(await found('postgresql', [operation]))).toEqual(postgresql)
    expect(told(await found('sqlite', [operation]))).toEqual(sqlite)
  })

  test('the way, in steps that can be copied', async () => {
    const [finding] = await found('postgresql', [addIndex('Post', index)])
    expect(finding).toEqual({
      migration: 'blog.0002_change',
      operation: 0,
      id: 'add-index',
      kinds: ['lock'],
      severity: 'unsafe',
      message:
        'The index by_words of blog_post is built from every row. Nobody can write to the table meanwhile. It has about 2,000,000 rows.',
      hint: [
        "Write, in a migration of its own with atomic: false: addIndexConcurrently('Post', { name: 'by_words', fields: ['words'] })",
      ],
      link: 'migrations/zero-downtime.md#add-index',
    })
  })
})

describe('what is found of several together', () => {
  const code = runCode(async () => {}, noop)

  test('code after a change of tables holds their lock; before it, or apart, it does not', async () => {
    const change = addField('Post', 'lead', text({ null: true }))
    expect(told(await found('postgresql', [change, code]))).toEqual(['mixed-transaction: lock'])
    expect(told(await found('postgresql', [code, change]))).toEqual([])
    expect(told(await found('postgresql', [change, code], { atomic: false }))).toEqual([])
    expect(told(await found('sqlite', [change, code]))).toEqual([])
    expect(told(await found('postgresql', [change, runSQL("UPDATE blog_post SET lead = ''", noop)]))).toEqual([
      'mixed-transaction: lock',
    ])
  })

  test('a constraint that is validated where it was added', async () => {
    const operations = [addConstraintNotValid('Post', check), validateConstraint('Post', 'short')]
    expect(told(await found('postgresql', operations))).toEqual([
      'add-check: breaks-running-code',
      'validate-with-lock: lock',
    ])
    expect(told(await found('postgresql', operations, { atomic: false }))).toEqual(['add-check: breaks-running-code'])
    const before = operations[0]!.applyTo(state, 'blog')
    const later = newMigration({ app: 'blog', name: '0003_validate', operations: operations.slice(1) })
    expect(await checkSafety({ migrations: [later], state: before, vendor: 'postgresql' })).toEqual([])
  })

  test('tables that the plan makes are nobody’s yet', async () => {
    const first = newMigration({
      app: 'shop',
      name: '0001_initial',
      operations: [createModel('Item', { id: bigAuto(), name: char({ maxLength: 20 }) })],
    })
    const second = newMigration({
      app: 'shop',
      name: '0002_change',
      operations: [
        renameField('Item', 'name', 'title'),
        addField('Item', 'rating', integer(), { oneOff: 1 }),
        addIndex('Item', { name: 'by_title', fields: ['title'] }),
        renameModel('Item', 'Thing'),
        alterModelTable('Thing', 'things'),
        removeField('Thing', 'rating'),
        deleteModel('Thing'),
      ],
    })
    for (const vendor of ['postgresql', 'sqlite']) {
      expect(told(await checkSafety({ migrations: [first, second], state: new ProjectState(), vendor }))).toEqual([])
    }
  })
})

describe('what is left out', () => {
  const operations = [addIndex('Post', index), removeField('Post', 'body')]

  test('locks of tables that are known to be small', async () => {
    const migration = newMigration({ app: 'blog', name: '0002_change', operations })
    const small = new Map([['blog_post', 500]])
    const unknown = { migrations: [migration], state, vendor: 'postgresql' }
    expect(told(await checkSafety({ ...unknown, sizes: small }))).toEqual([
      'drop-column: breaks-running-code, data-loss',
    ])
    // Who was never counted may be big where it counts; SQLite's file is the one that counts.
    expect((await checkSafety(unknown)).map(({ id }) => id)).toEqual(['add-index', 'drop-column'])
    expect((await checkSafety({ ...unknown, vendor: 'sqlite' })).map(({ id }) => id)).toEqual(['drop-column'])
  })

  test('tables that migrations do not manage', async () => {
    const unmanaged = createModel('Old', { id: bigAuto(), name: text() }, { managed: false })
    const migration = newMigration({ app: 'blog', name: '0002_change', operations: [removeField('Old', 'name')] })
    const before = unmanaged.applyTo(state, 'blog')
    expect(await checkSafety({ migrations: [migration], state: before, vendor: 'postgresql' })).toEqual([])
  })
})

test('what cannot be done beside the traffic is not offered', async () => {
  const operation = alterField('Post', 'words', bigInteger({ unique: true }))
  const findings = await found('postgresql', [operation])
  expect(findings.map(({ id }) => id)).toEqual(['rewrite-table', 'add-unique'])
  expect(findings.flatMap(({ hint }) => hint).join()).not.toContain("alterFieldConcurrently('Post'")
})

test('the indexes of one field are one finding', async () => {
  const findings = await found('postgresql', [addField('Post', 'lead', text({ null: true, dbIndex: true }))])
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^The indexes blog_post_lead_\w+, blog_post_lead_\w+_like of blog_post are built/),
  ])
})
