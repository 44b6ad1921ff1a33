/** The data every contender serves: TechEmpower's tables, in one SQLite file that all of them open. */
import Sqlite from 'better-sqlite3'

export const worldRows = 10_000
export const queriesPerRequest = 20

export const fortunes: readonly string[] = [
  'fortune: No such file or directory',
  "A computer scientist is someone who fixes things that aren't broken.",
  'After enough decimal places, nobody gives a damn.',
  'A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67, 1, 1, 1',
  'A computer program does what you tell it to do, not what you want it to do.',
  'Emacs is a nice operating system, but I prefer UNIX. — Tom Christaensen',
  'Any program that runs right is obsolete.',
  'A list is only as strong as its weakest link. — Donald Knuth',
  'Feature: A bug with seniority.',
  'Computers make very fast, very accurate mistakes.',
  '<script>alert("This should not be displayed in a browser alert box.");</script>',
  'フレームワークのベンチマーク',
]

/** Added to the rows by each contender, as TechEmpower's test asks. */
export const addedFortune = 'Additional fortune added at request time.'

export function randomId(): number {
  return 1 + Math.floor(Math.random() * worldRows)
}

/** Makes the file; column names are those Django and Nuages give. */
export function createWorld(file: string): void {
  const db = new Sqlite(file)
  db.pragma('journal_mode = WAL')
  db.exec(`CREATE TABLE "bench_world" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "random_number" integer NOT NULL);
    CREATE TABLE "bench_fortune" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "message" varchar(2048) NOT NULL)`)
  const world = db.prepare('INSERT INTO bench_world (random_number) VALUES (?)')
  const fortune = db.prepare('INSERT INTO bench_fortune (message) VALUES (?)')
  db.transaction(() => {
    for (let row = 0; row < worldRows; row += 1) world.run(randomId())
    for (const message of fortunes) fortune.run(message)
  })()
  db.close()
}
