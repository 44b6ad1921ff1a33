import Sqlite from 'better-sqlite3'
import { authorAt, authorCount, bookAt, bookColumns, bookCount, type Library } from './library.ts'

const tables = `
  CREATE TABLE library_author (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, name varchar(100) NOT NULL, email varchar(254) NOT NULL);
  CREATE TABLE library_book (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT, title varchar(200) NOT NULL, summary text NOT NULL, pages integer NULL,
    price decimal NOT NULL, in_print bool NOT NULL, published_at datetime NOT NULL,
    author_id bigint NOT NULL REFERENCES library_author (id) DEFERRABLE INITIALLY DEFERRED);
  CREATE INDEX library_book_pages ON library_book (pages);
  CREATE INDEX library_book_author ON library_book (author_id)`

/** Every contender's connection is set as those of Nuages are. */
export const pragmas = [
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'foreign_keys = ON',
  'temp_store = MEMORY',
  'cache_size = -16000',
] as const

export function openSqlite(file: string): Sqlite.Database {
  const db = new Sqlite(file)
  for (const pragma of pragmas) db.pragma(pragma)
  return db
}

export function sqliteLibrary(file: string): Library {
  const db = openSqlite(file)
  db.exec(tables)
  fill(db)
  const changed = "summary LIKE 'Changed in turn%'"
  const summary = db.prepare('UPDATE library_book SET summary = ? WHERE id = ?')
  return {
    async written() {
      return db
        .prepare<[], object>(
          `SELECT ${bookColumns} FROM library_book WHERE id > ${bookCount} OR ${changed} ORDER BY id`,
        )
        .all()
    },
    async restore(changes) {
      db.exec(`DELETE FROM library_book WHERE id > ${bookCount};
        UPDATE sqlite_sequence SET seq = ${bookCount} WHERE name = 'library_book'`)
      if (changes) {
        const ids = db.prepare<[], number>(`SELECT id FROM library_book WHERE ${changed}`).pluck().all()
        db.transaction(() => {
          for (const id of ids) summary.run(bookAt(id).summary, id)
        })()
      }
      db.pragma('wal_checkpoint(TRUNCATE)')
    },
    async close() {
      db.close()
    },
  }
}

function fill(db: Sqlite.Database): void {
  const author = db.prepare('INSERT INTO library_author (id, name, email) VALUES (?, ?, ?)')
  const book = db.prepare(
    'INSERT INTO library_book (title, summary, pages, price, in_print, published_at, author_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  db.transaction(() => {
    for (let id = 1; id <= authorCount; id += 1) author.run(id, authorAt(id).name, authorAt(id).email)
    for (let id = 1; id <= bookCount; id += 1) {
      const { title, summary, pages, price, inPrint, publishedAt, authorId } = bookAt(id)
      book.run(title, summary, pages, price, inPrint ? 1 : 0, publishedAt, authorId)
    }
  })()
  db.exec('ANALYZE')
}
