import { beforeEach } from 'vitest'
import { captureQueries, database, type ModelMeta, registerModels } from '../../src/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { Author, Profile } from './author.ts'
import { Book, Tag, Voucher } from './book.ts'

export const library: readonly ModelMeta[] = registerModels('library', { Author, Profile, Book, Tag, Voucher })

/** The tables of models, as SQL. */
export function tablesOf(metas: readonly ModelMeta[]): string {
  const all = [...metas, ...metas.flatMap((meta) => meta.manyToMany.map((field) => field.through))]
  return all
    .map((meta) => {
      const columns = meta.fields.map((field) => {
        const key = field.primaryKey ? ' PRIMARY KEY' : field.unique ? ' UNIQUE' : ''
        return `"${field.column}" ${field.columnType('sqlite')}${field.null ? '' : ' NOT NULL'}${key}`
      })
      return `CREATE TABLE "${meta.table}" (${columns.join(', ')});`
    })
    .join('\n')
}

/** Gives every test of the file a database with the library's tables. */
export function useLibrary(): void {
  useTemporaryDatabase()
  beforeEach(() => database().script(tablesOf(library)))
}

/** How many queries `fn` runs. */
export async function queriesOf(fn: () => unknown): Promise<number> {
  return (await captureQueries(async () => void (await fn()))).queries.length
}

/**
 * Three authors and five books:
 *
 * | book  | author | editor | pages | tags     |
 * | ----- | ------ | ------ | ----- | -------- |
 * | One   | Ada    | Bob    | 100   | sf, fun  |
 * | Two   | Ada    | –      | null  | sf       |
 * | Three | Bob    | Ada    | 300   | fun      |
 * | Four  | Bob    | –      | 50    | –        |
 * | Five  | Cleo   | Cleo   | null  | sf, poem |
 *
 * Ada taught Bob, Bob taught Cleo. Ada alone has a profile.
 */
export async function fillLibrary() {
  const ada = await Author.objects.create({ name: 'Ada', slug: 'ada' })
  const bob = await Author.objects.create({ name: 'Bob', slug: 'bob', mentor: ada })
  const cleo = await Author.objects.create({ name: 'Cleo', slug: 'cleo', mentor: bob })
  await Profile.objects.create({ bio: 'Wrote the first program.', author: ada })
  const [sf, fun, poem] = [
    await Tag.objects.create({ name: 'sf' }),
    await Tag.objects.create({ name: 'fun' }),
    await Tag.objects.create({ name: 'poem' }),
  ]
  const book = async (title: string, author: Author, editor: Author | null, pages: number | null, tags: Tag[]) => {
    const made = await Book.objects.create({ title, author, editor, pages })
    await made.tags.add(...tags)
    return made
  }
  await book('One', ada, bob, 100, [sf, fun])
  await book('Two', ada, null, null, [sf])
  await book('Three', bob, ada, 300, [fun])
  await book('Four', bob, null, 50, [])
  await book('Five', cleo, cleo, null, [sf, poem])
  return { ada, bob, cleo, sf, fun, poem }
}
