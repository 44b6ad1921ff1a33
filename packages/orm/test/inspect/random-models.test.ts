import fc from 'fast-check'
import { expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import {
  auto,
  bigAuto,
  bigInteger,
  binary,
  boolean,
  char,
  compositePrimaryKey,
  Decimal,
  date,
  dateTime,
  decimal,
  duration,
  F,
  float,
  foreignKey,
  generated,
  integer,
  ipAddress,
  json,
  Lower,
  Now,
  positiveInteger,
  positiveSmallInteger,
  Q,
  slug,
  smallAuto,
  smallInteger,
  text,
  time,
  uuid,
} from '../../src/index.ts'
import { differences } from '../../src/inspect/differences.ts'
import { modelTable } from '../../src/migrations/state/model-tables.ts'
import type { ModelMeta } from '../../src/models/model-meta.ts'
import { buildModel, createRegistry } from '../../src/models/register-models.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { inspectedModels } from './inspected-models.ts'

const place = useTemporaryDatabase()

type Make = (options: object) => unknown
const make =
  (factory: unknown, own: object = {}): Make =>
  (options) =>
    (factory as Make)({ ...own, ...options })

/** Fields, and what each may have as a default of the database. */
const fields: readonly (readonly [Make, unknown])[] = [
  [make(char, { maxLength: 12 }), `it's "?" ??`],
  [make(char, { maxLength: 200, dbCollation: vendor === 'sqlite' ? 'NOCASE' : 'C' }), ''],
  [make(text), '::text'],
  [make(slug), undefined],
  [make(integer), -5],
  [make(smallInteger), 7],
  [make(positiveInteger), 0],
  [make(positiveSmallInteger), 1],
  [make(bigInteger), 9_007_199_254_740_993n],
  [make(float), 1.5],
  [
    make(decimal, vendor === 'sqlite' ? { maxDigits: 25, decimalPlaces: 10 } : { maxDigits: 9, decimalPlaces: 3 }),
    new Decimal('1.25'),
  ],
  [make(boolean), true],
  [make(date), undefined],
  [make(time), undefined],
  [make(dateTime), Now()],
  [make(duration), undefined],
  [make(uuid), undefined],
  [make(ipAddress), undefined],
  [make(binary), undefined],
  [make(json), { a: [1, 'x'] }],
]

const names = ['name', 'publishedAt', 'x2', 'class', 'überSchrift', 'order', 'userName', 'HTMLText']

const field = fc.record({
  kind: fc.nat(fields.length - 1),
  null: fc.boolean(),
  mark: fc.constantFrom('', '', 'unique', 'dbIndex'),
  hasDefault: fc.boolean(),
  column: fc.constantFrom(undefined, undefined, 'Odd "Column"', 'SELECT'),
  comment: fc.constantFrom(undefined, `it's`),
})

const model = fc.record({
  key: fc.constantFrom('auto', 'bigAuto', 'smallAuto', 'char', 'composite'),
  fields: fc.array(field, { maxLength: names.length }),
  target: fc.option(fc.nat(), { nil: undefined }),
  isOne: fc.boolean(),
  options: fc.array(fc.constantFrom('index', 'unique', 'check', 'partial', 'lower', 'generated'), { maxLength: 4 }),
})

type Drawn = typeof model extends fc.Arbitrary<infer T> ? T : never

/** Makes the models that were drawn, in a registry of their own. */
function build(drawn: readonly Drawn[]): ModelMeta[] {
  const registry = createRegistry()
  const keyed: string[] = []
  return drawn.map((one, at) => {
    const name = `Model${at}`
    const declared: Record<string, unknown> = keyField(one.key)
    const used = new Set<string>()
    one.fields.forEach((each, place) => {
      const [factory, initial] = fields[each.kind]!
      const isJson = factory === fields.at(-1)![0]
      const column = each.column !== undefined && !used.has(each.column) ? each.column : undefined
      if (column) used.add(column)
      declared[names[place]!] = factory({
        ...(each.null ? { null: true } : {}),
        ...(each.mark === '' || isJson ? {} : { [each.mark]: true }),
        ...(each.hasDefault && initial !== undefined ? { dbDefault: initial } : {}),
        ...(column === undefined ? {} : { dbColumn: column }),
        ...(each.comment === undefined ? {} : { dbComment: each.comment }),
      })
    })
    const target = keyed.length > 0 && one.target !== undefined ? keyed[one.target % keyed.length] : undefined
    if (target)
      declared['owner'] = foreignKey(`t.${target}`, { onDelete: 'CASCADE', ...(one.isOne ? { unique: true } : {}) })
    declared['amount'] = integer()
    declared['label'] = char({ maxLength: 5 })
    if (one.options.includes('generated')) {
      declared['twice'] = generated({ expression: F('amount').multiply(2), outputField: integer(), dbPersist: true })
    }
    if (one.key !== 'composite') keyed.push(name)
    return buildModel(name, declared, { appLabel: 't', table: `t_model${at}`, ...optionsOf(one.options, at) }, registry)
      .meta
  })
}

function keyField(key: Drawn['key']): Record<string, unknown> {
  if (key === 'char') return { code: char({ maxLength: 9, primaryKey: true }) }
  if (key === 'composite')
    return { pk: compositePrimaryKey('left', 'right'), left: integer(), right: char({ maxLength: 3 }) }
  return { id: { auto, bigAuto, smallAuto }[key]() }
}

function optionsOf(drawn: Drawn['options'], at: number): object {
  const has = (name: Drawn['options'][number]) => drawn.includes(name)
  return {
    indexes: [
      ...(has('index') ? [{ name: `i${at}`, fields: ['-amount', 'label'] }] : []),
      ...(has('partial')
        ? [{ name: `p${at}`, fields: ['label'], condition: Q({ amount__gt: 3 }).or({ label: "it's" }) }]
        : []),
      ...(has('lower') ? [{ name: `l${at}`, expressions: [Lower('label').desc(), 'amount'] }] : []),
    ],
    constraints: [
      ...(has('unique') ? [{ type: 'unique', name: `u${at}`, fields: ['label', 'amount'] }] : []),
      ...(has('check')
        ? [{ type: 'check', name: `c${at}`, condition: Q({ amount__lte: F('amount'), label__in: ['?', "'"] }) }]
        : []),
    ],
  }
}

test('the models of tables that models made make the same tables, and migrations may manage them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(model, { minLength: 1, maxLength: 4 }), async (drawn) => {
      const metas = build(drawn)
      const made = metas.map((meta) => modelTable(meta, vendor))
      await database().alterSchema(async (editor) => {
        for (const table of made) await editor.createTable(table)
      })
      try {
        const standing = await database().introspect()
        const { classes, source } = await inspectedModels(place.dir, { managed: true })
        for (const table of standing) {
          const found = Object.values(classes).map((one) => (one as { meta: ModelMeta }).meta)
          const meta = found.find((one) => one.table === table.name)!
          expect(differences(table, modelTable(meta, vendor)), source).toEqual([])
          expect(meta.options.managed, source).toBeUndefined()
        }
      } finally {
        await database().alterSchema(async (editor) => {
          for (const table of made.toReversed()) await editor.dropTable(table)
        })
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)
