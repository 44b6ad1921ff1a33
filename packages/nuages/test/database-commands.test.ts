import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manageCommand, type Outcome, RunningCommand } from './projects/running-command.ts'
import { smallProject, type TemporaryProject, temporaryProject } from './projects/temporary-project.ts'

let project: TemporaryProject
beforeAll(async () => {
  const settings = smallProject['settings.ts']!.replace(
    "databases: { default: 'sqlite:db.sqlite3' }",
    "databases: { default: 'sqlite:db.sqlite3', other: 'postgres://an%40na:s%3Acret@db.example:6543/sh%2Dop?sslmode=verify-full&sslrootcert=/ca.pem&connect_timeout=2.5' }",
  )
  const tagged = `import { char, foreignKey, CASCADE, Model, manager, manyToMany } from 'nuages/orm'

export class Tag extends Model({ name: char({ maxLength: 9 }) }) {
  static objects = manager(Tag)
}

export class Product extends Model({
  name: char({ maxLength: 100 }),
  get tags() { return manyToMany(Tag) },
  get parent() { return foreignKey(Product, { onDelete: CASCADE, null: true }) },
}) {
  static objects = manager(Product)
}
`
  project = await temporaryProject({ ...smallProject, 'settings.ts': settings, 'shop/models.ts': tagged })
  await manageCommand(project.folder, 'makemigrations')
  await manageCommand(project.folder, 'migrate')
})
afterAll(() => project.remove())

const manage = (...args: string[]) => manageCommand(project.folder, ...args)
const shell = async (script: string) => (await manage('shell', '-c', script)).stdout

describe('flush', () => {
  test('empties every table, pairs among them, and keys begin anew; the record of migrations stays', async () => {
    const add =
      "const t = await Tag.objects.create({ name: 'a' }); const p = await Product.objects.create({ name: 'b' }); await p.tags.add(t); p.parent = p; await p.save(); console.log(p.id)"
    expect(await shell(add)).toBe('1\n')
    const { code, stdout } = await manage('flush', '--no-input')
    expect([code, stdout]).toEqual([0, "Emptied 3 tables of the database 'default'.\n"])
    expect(await shell('console.log(await Product.objects.count(), await Tag.objects.count())')).toBe('0 0\n')
    expect(await shell(add)).toBe('1\n')
    expect((await manage('migrate')).stdout).toBe('Nothing to do: the database has every migration.\n')
  })

  test('without anybody to ask nothing is lost', async () => {
    const { code, stderr } = await manage('flush')
    expect(code).toBe(1)
    expect(stderr).toContain('Pass --no-input where that is meant.')
    expect(await shell('console.log(await Product.objects.count())')).toBe('1\n')
  })

  test('sqlflush prints what it would run, and runs nothing', async () => {
    const { stdout } = await manage('sqlflush')
    expect(stdout.split('\n')).toEqual([
      'DELETE FROM "shop_product";',
      'DELETE FROM "shop_product_tags";',
      'DELETE FROM "shop_tag";',
      "DELETE FROM sqlite_sequence WHERE name IN ('shop_product', 'shop_product_tags', 'shop_tag');",
      '',
    ])
    expect(await shell('console.log(await Product.objects.count())')).toBe('1\n')
  })
})

describe('inspectdb', () => {
  test('leaves out what the project has models of, unless it is named', async () => {
    expect((await manage('inspectdb')).stdout).toContain('It has no other tables.\n\nexport {}\n')
    const { stdout } = await manage('inspectdb', 'shop_product', '--app', 'shop', '--managed')
    expect(stdout).toContain(
      'export class Product extends Model(\n  {\n    id: bigAuto(),\n    name: char({ maxLength: 100 }),\n',
    )
    expect(stdout).toContain("{ table: 'shop_product' },")
  })

  test('leads to models that there are', async () => {
    const file = new DatabaseSync(join(project.folder, 'db.sqlite3'))
    file.exec('CREATE TABLE extra (id integer PRIMARY KEY, product_id integer REFERENCES shop_product(id))')
    file.close()
    expect((await manage('inspectdb')).stdout).toContain("import { Product } from './shop/models.ts'\n")
    expect((await manage('inspectdb', '--app', 'shop')).stdout).toContain("import { Product } from './models.ts'\n")
  })

  test('writes a file, and over none that has code', async () => {
    const file = join(project.folder, 'found.ts')
    expect((await manage('inspectdb', '-o', file)).stdout).toBe(`Wrote ${file}.\n`)
    expect(await readFile(file, 'utf8')).toContain('export class Extra extends Model(')
    const { code, stderr } = await manage('inspectdb', '-o', file)
    const refused = `CommandError: There is a file ${file} already, with code in it: inspectdb writes over none.\n`
    expect([code, stderr]).toEqual([1, refused])
    await writeFile(file, '// A model is a table.\n//\nexport {}\n')
    expect((await manage('inspectdb', '-o', file)).stdout).toBe(`Wrote ${file}.\n`)
  })
})

describe('dbshell', () => {
  /** A program in place of the real one, first in the path, that says how it was called. */
  async function withProgram(name: string, body: string, ...args: string[]): Promise<Outcome> {
    const command = new RunningCommand(project.folder, ['dbshell', ...args], await pathWith(name, body))
    const code = await command.exited()
    return { code: code ?? -1, stdout: command.output, stderr: '' }
  }

  async function pathWith(name: string, body: string): Promise<NodeJS.ProcessEnv> {
    const folder = join(project.folder, 'bin')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, name), `#!/bin/sh\n${body}\n`)
    await chmod(join(folder, name), 0o755)
    return { PATH: `${folder}${delimiter}${process.env['PATH']}` }
  }

  test('psql is told by variables where to go, and nothing of it stands among the arguments', async () => {
    const body = 'echo "args: $*"; env | grep ^PG | sort; exit 3'
    const { code, stdout } = await withProgram('psql', body, '--database', 'other', '--', '-c', 'SELECT 1')
    expect(stdout.trim().split('\n')).toEqual([
      'args: -c SELECT 1',
      'PGCONNECT_TIMEOUT=3',
      'PGDATABASE=sh-op',
      'PGHOST=db.example',
      'PGPASSWORD=s:cret',
      'PGPORT=6543',
      'PGSSLMODE=verify-full',
      'PGSSLROOTCERT=/ca.pem',
      'PGUSER=an@na',
    ])
    expect(code).toBe(3)
  })

  test('sqlite3 is given the file', async () => {
    const { code, stdout } = await withProgram('sqlite3', 'echo "$1|$2"', '--', 'SELECT 1')
    expect([code, stdout]).toEqual([0, `${join(project.folder, 'db.sqlite3')}|SELECT 1\n`])
  })

  test('Control-C is for the shell alone to answer', async () => {
    const env = await pathWith(
      'sqlite3',
      'trap \'echo stopped the query\' INT; echo ready; read line; echo "got $line"; exit 5',
    )
    // A terminal sends the signal to all processes of its foreground: a group of their own stands for it.
    const child = spawn(process.execPath, ['manage.ts', 'dbshell'], {
      cwd: project.folder,
      env: { ...process.env, ...env },
      detached: true,
    })
    let output = ''
    for await (const chunk of child.stdout) {
      output += chunk
      if (output.endsWith('ready\n')) process.kill(-child.pid!, 'SIGINT')
      if (output.endsWith('stopped the query\n')) child.stdin.end('more\n')
    }
    if (child.exitCode === null) await once(child, 'exit')
    expect(output).toMatch(/^ready\nstopped the query\ngot /)
    expect(child.exitCode).toBe(5)
  })

  test('a program that is missing is an error that says how to get it', async () => {
    const command = new RunningCommand(project.folder, ['dbshell', '--database', 'other'], {
      PATH: dirname(process.execPath),
    })
    expect(await command.exited()).toBe(1)
    expect(command.output).toContain(
      "CommandError: There is no program psql on this machine's PATH. It comes with PostgreSQL;",
    )
  })

  test.skipIf(spawnSync('sqlite3', ['-version']).status !== 0)('the real shell answers', async () => {
    const { code, stdout } = await manage('dbshell', '--', 'SELECT count(*) FROM shop_tag')
    expect([code, stdout]).toEqual([0, '1\n'])
    expect((await manage('dbshell', '--', 'SELECT nonsense')).code).not.toBe(0)
  })
})
