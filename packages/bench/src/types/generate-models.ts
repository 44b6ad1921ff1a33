/** Source text of a large project: models of twelve fields that refer to each other, and queries over them. */

export const modelCount = 100
export const queryCount = 500
export const lookupsOfQuery = 6
const modelsOfFile = 5
const queriesOfFile = 25

/** Names of fields differ from model to model, as they do in a project: nothing that the compiler remembers helps with the next. */
const name = (field: string, model: number): string => `${field}${model}`
const wrap = (model: number): number => ((model % modelCount) + modelCount) % modelCount
const next = (model: number): number => wrap(model + 1)
const distant = (model: number): number => wrap(model * 37 + 11)
const labelled = (model: number): number => wrap(model * 13 + 50)
const fileOf = (model: number): number => Math.floor(model / modelsOfFile)

function model(at: number): string {
  return `
export class M${at} extends Model({
  ${name('title', at)}: char({ maxLength: 200 }),
  ${name('slug', at)}: slug({ unique: true }),
  ${name('body', at)}: text({ blank: true }),
  ${name('pages', at)}: integer({ null: true }),
  ${name('price', at)}: decimal({ maxDigits: 8, decimalPlaces: 2 }),
  ${name('active', at)}: boolean({ default: true }),
  ${name('created', at)}: dateTime({ autoNowAdd: true }),
  ${name('born', at)}: date({ null: true }),
  get ${name('next', at)}() { return foreignKey(M${next(at)}, { onDelete: CASCADE }) },
  get ${name('distant', at)}() { return foreignKey(M${distant(at)}, { onDelete: SET_NULL, null: true }) },
  get ${name('labels', at)}() { return manyToMany(M${labelled(at)}) },
  get ${name('before', at)}() { return reverse(M${wrap(at - 1)}, '${name('next', wrap(at - 1))}') },
}) {
  static objects = manager(M${at})
}`
}

const imports =
  "import { boolean, CASCADE, char, date, dateTime, decimal, foreignKey, integer, Model, manager, manyToMany, reverse, SET_NULL, slug, text } from 'nuages/orm'"

function modelFile(file: number): string {
  const own = Array.from({ length: modelsOfFile }, (_, index) => file * modelsOfFile + index)
  const others = new Set(own.flatMap((at) => [next(at), distant(at), labelled(at), wrap(at - 1)]))
  const imported = [...others].filter((at) => fileOf(at) !== file)
  return [imports, ...imported.map(importOf), ...own.map(model)].join('\n')
}

const importOf = (at: number): string => `import { M${at} } from './models-${fileOf(at)}.ts'`

/** Lookups of a model's own fields, and of what its relations lead to: each as a key and a value. */
const ownLookups: readonly ((at: number) => string)[] = [
  (at) => `${name('title', at)}__icontains: 'a'`,
  (at) => `${name('pages', at)}__gte: 100`,
  (at) => `${name('created', at)}__year: 2026`,
  (at) => `${name('price', at)}__lt: '9.50'`,
  (at) => `${name('active', at)}: true`,
  (at) => `${name('born', at)}__isnull: false`,
  (at) => `${name('slug', at)}__in: ['a', 'b']`,
  (at) => `${name('body', at)}__startswith: 'a'`,
]
const spanningLookups: readonly ((at: number) => string)[] = [
  (at) => `${name('next', at)}__${ownLookups[0]!(next(at))}`,
  (at) => `${name('next', at)}__${name('next', next(at))}__${ownLookups[1]!(next(next(at)))}`,
  (at) => `${name('distant', at)}__${ownLookups[2]!(distant(at))}`,
  (at) => `${name('labels', at)}__${ownLookups[6]!(labelled(at))}`,
  (at) => `${name('before', at)}__${ownLookups[4]!(wrap(at - 1))}`,
  (at) => `${name('labels', at)}__${name('distant', labelled(at))}__${ownLookups[3]!(distant(labelled(at)))}`,
  (at) => `${name('next', at)}__in: [1, 2]`,
]

function query(index: number): string {
  const at = wrap(index * 7)
  const half = lookupsOfQuery / 2
  const lookups = Array.from({ length: half }, (_, place) => [
    ownLookups[(index + place * 3) % ownLookups.length]!(at),
    spanningLookups[(index * 2 + place) % spanningLookups.length]!(at),
  ])
  return `  await M${at}.objects.filter({ ${lookups.flat().join(', ')} }),`
}

function queryFile(file: number): string {
  const own = Array.from({ length: queriesOfFile }, (_, index) => file * queriesOfFile + index)
  const models = [...new Set(own.map((index) => wrap(index * 7)))]
  return [...models.map(importOf), 'export const results = [', ...own.map(query), ']'].join('\n')
}

/** The files of the project by their names. */
export function generateProject(): Map<string, string> {
  const files = new Map<string, string>()
  for (let file = 0; file < modelCount / modelsOfFile; file += 1) files.set(`models-${file}.ts`, modelFile(file))
  for (let file = 0; file < queryCount / queriesOfFile; file += 1) files.set(`queries-${file}.ts`, queryFile(file))
  return files
}

/** A file before and after a cursor inside of `filter`, and what an editor must offer there. */
export const completed = {
  text: [`${importOf(7)}\nM7.objects.filter({ `, ' })\n'],
  names: [
    'title7',
    'title7__icontains',
    'pages7__gte',
    'created7__year',
    'born7__isnull',
    'next7',
    'next7Id',
    'labels7',
    'before7',
    'id',
    'pk',
  ],
} as const
