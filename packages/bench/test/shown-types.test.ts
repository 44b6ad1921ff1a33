import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectConfiguration, run, writeDeclarations } from '../src/types/declarations.ts'

const compiler = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

const models = `
import { CASCADE, char, Count, decimal, F, foreignKey, integer, Lower, Model, manager, Sum } from 'nuages/orm'

class Author extends Model({ name: char({ maxLength: 100 }) }) {
  static objects = manager(Author)
}

class Book extends Model({
  title: char({ maxLength: 200 }),
  state: char({ maxLength: 9, choices: { draft: 'Draft', out: 'Out' }, null: true }),
  pages: integer({ null: true }),
  price: decimal({ maxDigits: 6, decimalPlaces: 2 }),
  get author() { return foreignKey(Author, { onDelete: CASCADE }) },
}) {
  static objects = manager(Book)
}

interface Held<T> { readonly value: T }
declare function held<T>(value: T): Held<T>
`

/** What the compiler writes of the type of each line, which is what an editor shows of it. */
async function shown(lines: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nuages-shown-'))
  try {
    // An error names the type of what is not assignable.
    const text = lines.map((line, at) => `export const line${at}: 'nothing' = held(${line})`).join('\n')
    await writeFile(join(folder, 'lines.ts'), `${models}${text}\n`)
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(projectConfiguration(folder)))
    await writeDeclarations(compiler, folder)
    const told = await run(process.execPath, [compiler, '-p', folder, '--noErrorTruncation', '--pretty', 'false']).then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    )
    return [...told.matchAll(/'Held<(.*)>' is not assignable to type '"nothing"'/g)].map(([, type]) => type!)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('rows are shown as what they hold, not as how their types are computed', async () => {
  expect(
    await shown([
      '(await Book.objects.get({ id: 1 })).pages',
      '(await Book.objects.get({ id: 1 })).state',
      "await Book.objects.values('title', 'pages', 'author__name', { low: Lower('title') })",
      "await Book.objects.valuesList('pages', 'state')",
      "await Book.objects.annotate({ n: Count('author'), more: F('pages').add(1) })",
      "await Book.objects.aggregate({ n: Count('*'), sum: Sum('price') })",
      "await Book.objects.only('title', 'state', 'price', 'author')",
    ]),
  ).toEqual([
    'number | null',
    '"draft" | "out" | null',
    '{ author__name: string; low: string; pages: number | null; title: string; }[]',
    '[number | null, "draft" | "out" | null][]',
    '(Book & { readonly n: number; readonly more: number | null; })[]',
    '{ readonly n: number; readonly sum: Decimal | null; }',
    '(Omit<Book, "pages"> & { readonly pages: number | PromiseLike<number | null> | null; })[]',
  ])
})
