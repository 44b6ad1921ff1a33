import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binary, char, Decimal, date, decimal, F, foreignKey, json, Lower, Q, SET_NULL, text } from '../../src/index.ts'
import {
  addConstraint,
  addField,
  addIndex,
  alterField,
  alterModelTable,
  alterModelTableComment,
  createModel,
  type MigrationDefinition,
  noop,
  removeField,
  renameIndex,
  runCode,
  runSQL,
  separateDatabaseAndState,
} from '../../src/migrations/index.ts'
import { type Migration, newMigration } from '../../src/migrations/migration.ts'
import type { Operation } from '../../src/migrations/operations/operation.ts'
import { isSame } from '../../src/migrations/state/plain-form.ts'
import { writeMigration } from '../../src/migrations/writer/write-migration.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { imports } from './project.ts'

const place = useTemporaryDatabase()
let count = 0

async function readBack(source: string): Promise<MigrationDefinition> {
  const file = join(place.dir, `m${++count}.ts`)
  writeFileSync(file, source)
  return ((await import(/* @vite-ignore */ file)) as { default: MigrationDefinition }).default
}

const written = (operations: readonly Operation[], rest: Partial<Migration> = {}): string =>
  writeMigration(newMigration({ app: 'blog', name: '0002_x', operations, ...rest }), imports)

async function assertComesBack(operations: readonly Operation[]): Promise<void> {
  const read = await readBack(written(operations))
  expect(read.operations.map(({ factory }) => factory)).toEqual(operations.map(({ factory }) => factory))
  for (const [index, operation] of operations.entries()) {
    const [one, other] = [operation.arguments, read.operations[index]!.arguments]
    if (!isSame(one, other)) expect(other).toEqual(one)
  }
}

/** Text with all that means something in a file. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    "it's",
    '"',
    '\\',
    "\\'",
    '\\"',
    '`$' + '{x}`',
    '</script>',
    '\n\r\t\0',
    '\u2028',
    '\ud800',
    '*/',
    "'\"'",
    'größe',
    '日本',
  ),
)
const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, NaN, Infinity, -Infinity, 1e21, 5e-324))
const scalar = fc.oneof(anyText, anyNumber, fc.boolean(), fc.constant(null))
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 4 }), tie('object')),
  object: fc.dictionary(
    fc.oneof(anyText, fc.constantFrom('__proto__', 'constructor', 'a-b', '1', 'if')),
    tie('value'),
    {
      maxKeys: 4,
    },
  ),
})).value

const operation: fc.Arbitrary<Operation> = fc.oneof(
  anyJson.map((value) => addField('Post', 'extra', json({ default: value as never }))),
  anyText.map((value) => addField('Post', 'title', char({ maxLength: 9, default: value }), { oneOff: value })),
  fc.uint8Array().map((value) => addField('Post', 'bytes', binary({ default: value }))),
  fc
    .bigInt()
    .map((value) =>
      addField('Post', 'price', decimal({ maxDigits: 50, decimalPlaces: 2 }), { oneOff: new Decimal(String(value)) }),
    ),
  fc
    .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
    .map((value) =>
      addField('Post', 'day', date({ default: Temporal.PlainDate.from(value.toISOString().slice(0, 10)) })),
    ),
  anyText.map((value) =>
    addConstraint('Post', { type: 'check', name: value, condition: Q({ title__gt: value }).or({ title: value }) }),
  ),
  anyText.map((value) =>
    addIndex('Post', {
      name: value,
      expressions: [Lower('title').desc(), F('pages').add(1)],
      condition: Q({ title: value }).not(),
    }),
  ),
  anyText.map((value) =>
    createModel(value, { [value || 'x']: text({ null: true }) }, { tableComment: value, table: value }),
  ),
  fc.tuple(anyText, anyText).map(([from, to]) => renameIndex('Post', { from, to })),
  anyText.map((value) => alterModelTableComment('Post', value)),
  anyText.map((value) => runSQL(value, noop)),
)

test('whatever is written is read as it was', async () => {
  await fc.assert(fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 6 }), assertComesBack), {
    numRuns: 60,
  })
}, 60_000)

test('what a migration says beside its operations is read as it was', async () => {
  const source = written([separateDatabaseAndState({ database: [removeField('Post', 'x')], state: [] })], {
    initial: true,
    replaces: [
      { app: 'blog', name: '0001_a' },
      { app: 'blog', name: '0002_b' },
    ],
    dependencies: [{ app: 'shop', name: '__first__' }],
    runBefore: [{ app: 'world', name: '0001_initial' }],
    atomic: false,
    considered: { 'drop-column': "release 41 doesn't read it" },
  })
  const { operations, ...rest } = await readBack(source)
  expect(rest).toMatchObject({
    initial: true,
    replaces: [
      ['blog', '0001_a'],
      ['blog', '0002_b'],
    ],
    dependencies: [['shop', '__first__']],
    runBefore: [['world', '0001_initial']],
    atomic: false,
    considered: { 'drop-column': "release 41 doesn't read it" },
  })
  expect(operations.map(({ factory }) => factory)).toEqual(['separateDatabaseAndState'])
})

/** What no file can hold. */
const refused: Readonly<Record<string, [operation: Operation, message: string]>> = {
  'a function': [runCode(async () => {}), 'A migration cannot hold a function: async () => {}.'],
  'a symbol': [addField('Post', 'x', text(), { oneOff: Symbol('x') }), 'A migration cannot hold a symbol: Symbol(x).'],
  'a date': [addField('Post', 'x', text(), { oneOff: new Date(0) }), 'A migration cannot hold a value of Date.'],
  'a map': [addField('Post', 'x', json({ default: new Map() as never })), 'A migration cannot hold a value of Map.'],
}

test.for(Object.entries(refused))('%s is refused', ([, [operation, message]]) => {
  expect(() => written([operation])).toThrow(message)
})

const long = 'a text that is so long that no line could hold it together with anything else of note, not even a comma'
const shown: readonly Operation[] = [
  createModel('Note', {}, { proxyFor: 'blog.Post' }),
  createModel('Empty', {}),
  createModel(
    'Post',
    {
      title: char({ maxLength: 200, default: long }),
      author: foreignKey('blog.Author', {
        null: true,
        onDelete: SET_NULL,
        dbColumn: 'the_author_of_the_post',
        dbComment: 'x',
      }),
      price: decimal({ maxDigits: 9, decimalPlaces: 2, default: new Decimal('0.10') }),
      größe: text(),
    },
    {
      indexes: [{ name: 'one', fields: ['title'] }],
      constraints: [
        { type: 'unique', name: 'title_of_author', fields: ['title', 'author'] },
        { type: 'check', name: 'title_is_text', condition: Q({ title__gt: 'a' }) },
      ],
    },
  ),
  addField('Post', 'summary', text(), { oneOff: long }),
  addField(
    'Post',
    'extra',
    json({
      default: {
        a: [
          [1, 2],
          [3, 4],
        ],
        b: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
        c: [[1]],
        d: [],
      } as never,
    }),
  ),
  alterField(
    'Post',
    'summary',
    char({ maxLength: 200, dbComment: 'a comment that makes the line as long as it may be' }),
  ),
  addConstraint('Post', {
    type: 'exclude',
    name: 'apart',
    expressions: [
      ['room', '='],
      ['during', '&&'],
    ],
  }),
  addIndex('Post', { name: 'post_title_and_all_the_other_fields', fields: ['title', '-author', 'price', 'summary'] }),
  alterModelTable('Post', undefined),
  separateDatabaseAndState({
    database: [removeField('Post', 'x')],
    state: [removeField('Post', 'x'), removeField('Post', 'y')],
  }),
  runSQL("UPDATE blog_post SET title = 'it''s'", noop),
]

test('files stand as the formatter of this repository leaves them', () => {
  const root = resolve(import.meta.dirname, '../../../..')
  const dir = join(place.dir, 'formatted')
  mkdirSync(dir)
  const rest = {
    dependencies: [
      { app: 'blog', name: '0001_initial' },
      { app: 'shop', name: '0001_initial' },
    ],
  }
  const sources = [...shown.map((one) => written([one], rest)), written(shown)]
  sources.forEach((source, index) => {
    writeFileSync(join(dir, `m${index}.ts`), source)
  })
  const biome = {
    formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
    javascript: { formatter: { quoteStyle: 'single', semicolons: 'asNeeded', arrowParentheses: 'always' } },
  }
  writeFileSync(join(dir, 'biome.json'), JSON.stringify(biome))
  execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', '.'], { cwd: dir, stdio: 'pipe' })
  expect(sources.map((_, index) => readFileSync(join(dir, `m${index}.ts`), 'utf8'))).toEqual(sources)
})
