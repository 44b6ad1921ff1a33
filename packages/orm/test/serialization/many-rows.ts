import {
  CASCADE,
  char,
  closeDatabases,
  configureDatabases,
  foreignKey,
  Model,
  manager,
  manyToMany,
  registerModels,
} from '../../src/index.ts'
import { loadFixtures, serializeInPieces } from '../../src/serialization/index.ts'

/** Loads many rows and writes them down again, in a process whose memory does not hold them: node many-rows.ts <url> <rows>. */

class Author extends Model({ firstName: char({ maxLength: 50 }), lastName: char({ maxLength: 50 }) }) {
  static objects = manager(Author)
}

class Tag extends Model({ name: char({ maxLength: 50 }) }) {
  static objects = manager(Tag)
}

class Article extends Model({
  slug: char({ maxLength: 50 }),
  get author() {
    return foreignKey(Author, { onDelete: CASCADE })
  },
  get tags() {
    return manyToMany(Tag)
  },
}) {
  static objects = manager(Article)
}

registerModels('library', { Author, Tag, Article })
const [url, count] = process.argv.slice(2) as [string, string]
configureDatabases({ default: url })

function* text(): Generator<Uint8Array> {
  const tags = Array.from({ length: 10 }, (_, at) => ({ model: 'library.tag', pk: at + 1, fields: { name: `t${at}` } }))
  const author = { model: 'library.author', pk: 1, fields: { first_name: 'a', last_name: 'b' } }
  yield Buffer.from(JSON.stringify([author, ...tags]).slice(0, -1))
  for (let pk = 1; pk <= Number(count); pk++) {
    const fields = { slug: `article-${pk}-${'x'.repeat(30)}`, author: 1, tags: pk % 10 === 0 ? [(pk % 7) + 1] : [] }
    yield Buffer.from(`,\n${JSON.stringify({ model: 'library.article', pk, fields })}`)
  }
  yield Buffer.from(']')
}

const loaded = await loadFixtures([{ name: 'rows', format: 'json', open: text }])
let length = 0
let written = 0
for await (const piece of serializeInPieces('json', Article.objects.orderBy('pk') as never)) {
  length += piece.length
  written += piece.split('"model"').length - 1
}
await closeDatabases()
console.log(JSON.stringify({ loaded, written, length }))
