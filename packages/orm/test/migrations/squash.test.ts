import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closeDatabases, configureDatabases } from '../../src/backends/registry.ts'
import {
  makeMigrations,
  migrate,
  migrationPlan,
  type SquashMigrationsOptions,
  squashMigrations,
} from '../../src/migrations/index.ts'
import { anotherDatabase, useTemporaryDatabase } from '../temporary-database.ts'
import { actualTables, imports, project, rows } from './project.ts'

const place = useTemporaryDatabase()
const apps = () => project(place.dir, { blog: {}, shop: {} })

function write(app: string, name: string, body: string, head = ''): void {
  const dir = join(place.dir, app, 'migrations')
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, `${name}.ts`),
    `import * as orm from '${imports.orm}'\nimport * as m from '${imports.migrations}'\n${head}\nexport default m.defineMigration({\n${body}\n})\n`,
  )
}

const squash = (options: Partial<SquashMigrationsOptions> & { to: string }) =>
  squashMigrations({ apps: apps(), app: 'blog', imports, ...options })
const plan = async () => (await migrationPlan({ apps: apps() })).map(({ app, name }) => `${app}.${name}`)
const remove = (app: string, ...names: string[]) => {
  for (const name of names) rmSync(join(place.dir, app, 'migrations', `${name}.ts`))
}

/** A blog with a history: a field comes, code fills it, an index is built, a name changes. */
function writeBlog(): void {
  write(
    'blog',
    '0001_initial',
    `operations: [m.createModel('Post', { id: orm.bigAuto(), title: orm.char({ maxLength: 20 }) })]`,
  )
  write(
    'blog',
    '0002_slug',
    `dependencies: [['blog', '0001_initial']],
     operations: [
       m.addField('Post', 'slug', orm.char({ maxLength: 20, default: '' })),
       m.addField('Post', 'old', orm.integer({ null: true })),
       m.runSQL("INSERT INTO blog_post (title, slug) VALUES ('first', '')", m.noop),
     ]`,
  )
  write(
    'blog',
    '0003_fill_slugs',
    `dependencies: [['blog', '0002_slug']],
     operations: [
       m.runCode(async (history) => {
         const Post = history.model('Post', { title: orm.char({ maxLength: 20 }), slug: orm.char({ maxLength: 20 }) })
         for (const post of await Post.objects.all()) await Post.objects.filter({ id: post.id }).update({ slug: prefix + post.title })
       }, m.noop),
       m.runCode(async () => { throw new Error('of no use to a new database') }, m.noop, { elidable: true }),
     ]`,
    `const prefix = 'the-'`,
  )
  write(
    'blog',
    '0004_rest',
    `dependencies: [['blog', '0003_fill_slugs']],
     operations: [
       m.removeField('Post', 'old'),
       m.renameField('Post', 'title', 'headline'),
       m.addIndex('Post', { name: 'post_slug', fields: ['slug'] }),
     ]`,
  )
}

test('a range becomes one migration, which refers to code where it stands', async () => {
  writeBlog()
  const squashed = await squash({ to: '0004' })
  expect(squashed).toMatchObject({
    name: '0001_squashed_0004_rest',
    replaced: ['0001_initial', '0002_slug', '0003_fill_slugs', '0004_rest'],
    operationsBefore: 9,
    elided: ['Run code'],
    borrowedFrom: ['0003_fill_slugs'],
  })
  expect(squashed.operations).toEqual([
    'Create model Post',
    'Run SQL',
    'Run code',
    'Remove field old from Post',
    'Rename field title of Post to headline',
    'Create index post_slug on Post',
  ])
  const source = readFileSync(squashed.path, 'utf8')
  expect(source).toBe(squashed.source)
  expect(source).toContain("import fillSlugs0003 from './0003_fill_slugs.ts'\n")
  expect(source).toContain(
    '    // Move the code here from 0003_fill_slugs before that file is deleted.\n    fillSlugs0003.operations[0]!,\n',
  )
  expect(source).toMatch(/ {2}initial: true,\n {2}replaces: \[/)
})

/** What a new database has after all migrations. */
async function fromNothing(): Promise<unknown> {
  await closeDatabases()
  configureDatabases({ default: await anotherDatabase() })
  await migrate({ apps: apps() })
  return { tables: await actualTables(), posts: await rows('SELECT headline, slug FROM blog_post ORDER BY id') }
}

test('through the three releases: a new database comes to the same, one that is there does nothing twice', async () => {
  writeBlog()
  // The elidable code would fail on any database; here it stands for what nobody needs again.
  const file = join(place.dir, 'blog/migrations/0003_fill_slugs.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace("throw new Error('of no use to a new database')", ''))
  await migrate({ apps: apps() })
  const old = { tables: await actualTables(), posts: await rows('SELECT headline, slug FROM blog_post ORDER BY id') }
  expect(old.posts).toEqual([['first', 'the-first']])
  // First release: both are there.
  const { path, source, replaced } = await squash({ to: '0004' })
  expect(await plan()).toEqual([])
  await migrate({ apps: apps() })
  expect(await rows('SELECT headline FROM blog_post')).toEqual([['first']])
  // Second: the code is moved, the old files go.
  const code = readFileSync(file, 'utf8')
  const moved = /m\.runCode\([\s\S]*?m\.noop\)/.exec(code)![0]
  const own = source
    .replace(
      /import fillSlugs.*\n/,
      `import * as orm from '${imports.orm}'\nimport * as m from '${imports.migrations}'\nconst prefix = 'the-'\n`,
    )
    .replace('fillSlugs0003.operations[0]!', moved)
  writeFileSync(path, own)
  remove('blog', ...replaced)
  expect(await plan()).toEqual([])
  expect((await makeMigrations({ apps: apps(), check: true })).written).toEqual([])
  // Third: it no longer says what it replaced.
  writeFileSync(path, own.replace(/ {2}replaces: \[[\s\S]*?\],\n(?= {2}operations)/, ''))
  expect(readFileSync(path, 'utf8')).not.toContain('replaces')
  expect(await plan()).toEqual([])
  expect(await fromNothing()).toEqual(old)
})

test('a new database runs the squashed migration in place of the others', async () => {
  writeBlog()
  await squash({ to: '0004' })
  expect(await plan()).toEqual(['blog.0001_squashed_0004_rest'])
  await migrate({ apps: apps() })
  expect(await rows('SELECT headline, slug FROM blog_post')).toEqual([['first', 'the-first']])
  await migrate({ apps: apps(), app: 'blog', name: 'zero' })
  expect(await actualTables()).toEqual([])
})

test('a database in the middle of the range goes on with the old ones', async () => {
  writeBlog()
  const file = join(place.dir, 'blog/migrations/0003_fill_slugs.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace("throw new Error('of no use to a new database')", ''))
  await migrate({ apps: apps(), app: 'blog', name: '0002' })
  await squash({ to: '0004' })
  expect(await plan()).toEqual(['blog.0003_fill_slugs', 'blog.0004_rest'])
  await migrate({ apps: apps() })
  expect(await plan()).toEqual([])
  expect(await rows('SELECT headline FROM blog_post')).toEqual([['first']])
})

test('a database that comes to the third release with the old record alone fails as it was', async () => {
  write('blog', '0001_initial', `operations: [m.createModel('Post', { id: orm.bigAuto() })]`)
  write(
    'blog',
    '0002_more',
    `dependencies: [['blog', '0001_initial']], operations: [m.addField('Post', 'a', orm.integer({ null: true }))]`,
  )
  await migrate({ apps: apps() })
  const tables = await actualTables()
  const { path, source } = await squash({ to: '0002' })
  remove('blog', '0001_initial', '0002_more')
  writeFileSync(path, source.replace(/ {2}replaces: \[[\s\S]*?\],\n(?= {2}operations)/, ''))
  await expect(migrate({ apps: apps() })).rejects.toThrow(/0001_squashed_0002_more.*already/s)
  expect(await actualTables()).toEqual(tables)
})

test('a range from the middle keeps what came before, and a squashed one is squashed again', async () => {
  writeBlog()
  const part = await squash({ from: '0002', to: '0003', name: 'slugs' })
  expect(part).toMatchObject({ name: '0002_slugs', replaced: ['0002_slug', '0003_fill_slugs'] })
  expect(part.source).toContain("  dependencies: [['blog', '0001_initial']],\n")
  expect(part.source).not.toContain('initial: true')
  const whole = await squash({ to: '0004', optimize: false })
  expect(whole.replaced).toEqual(['0001_initial', '0002_slugs', '0004_rest'])
  expect(whole.operations).toHaveLength(8)
  expect(await plan()).toEqual(['blog.0001_squashed_0004_rest'])
  await migrate({ apps: apps() })
  expect(await rows('SELECT headline, slug FROM blog_post')).toEqual([['first', 'the-first']])
})

test('dependencies that lead outside stay, each once; what must run after stays too', async () => {
  const shop = (name: string, rest: string) => write('shop', name, `${rest} operations: []`)
  shop('0001_initial', '')
  shop('0002_more', `dependencies: [['shop', '0001_initial']],`)
  shop('0003_last', `dependencies: [['shop', '0002_more']],`)
  write('blog', '0001_initial', `dependencies: [['shop', '0001_initial']], operations: []`)
  write(
    'blog',
    '0002_two',
    `dependencies: [['blog', '0001_initial'], ['shop', '0002_more']], runBefore: [['shop', '0003_last']], operations: []`,
  )
  const { source } = await squash({ to: '0002' })
  expect(source).toContain("  dependencies: [['shop', '0002_more']],\n")
  expect(source).toContain("  runBefore: [['shop', '0003_last']],\n")
})

test('a migration of another app in the middle is in the way', async () => {
  write('blog', '0001_initial', 'operations: []')
  write('shop', '0001_initial', `dependencies: [['blog', '0001_initial']], operations: []`)
  write('shop', '0002_more', `dependencies: [['shop', '0001_initial']], operations: []`)
  write('blog', '0002_two', `dependencies: [['blog', '0001_initial']], operations: []`)
  write('blog', '0003_three', `dependencies: [['blog', '0002_two'], ['shop', '0002_more']], operations: []`)
  await expect(squash({ to: '0003' })).rejects.toThrow(
    'shop.0001_initial needs blog.0001_initial, and blog.0003_three comes after it: squashed into one, they would need each ' +
      'other. Squash up to 0002_two, and from 0003_three on.',
  )
  expect((await squash({ to: '0002' })).replaced).toEqual(['0001_initial', '0002_two'])
})

test('what is not one transaction stays so, unless it is folded', async () => {
  const index = `m.addIndexConcurrently('Post', { name: 'i', fields: ['id'] })`
  write('blog', '0001_initial', `operations: [m.createModel('Post', { id: orm.bigAuto() })]`)
  write('blog', '0002_index', `dependencies: [['blog', '0001_initial']], atomic: false, operations: [${index}]`)
  write(
    'blog',
    '0003_code',
    `dependencies: [['blog', '0002_index']], atomic: false, operations: [m.runSQL('SELECT 1', m.noop)]`,
  )
  expect((await squash({ to: '0002', dryRun: true })).source).not.toContain('atomic')
  expect((await squash({ to: '0002', dryRun: true, optimize: false })).source).toContain('  atomic: false,\n')
  expect((await squash({ to: '0003', dryRun: true })).source).toContain('  atomic: false,\n')
})

test.each([
  [{ to: '0009' }, /'blog' has no migration '0009'/],
  [{ to: '0001' }, /nothing to squash: from blog\.0001_initial to blog\.0001_initial it is one migration/],
  [{ from: '0003', to: '0002' }, /blog\.0003_fill_slugs does not come before blog\.0002_slug.*0001_initial, 0002_slug/],
  [{ to: '0004', app: 'blgo' }, /no app 'blgo'.*Did you mean 'blog'/],
  [{ to: '0004', name: 'a/b' }, /'a\/b' cannot be part of a migration's name/],
])('refuses %o', async (options, message) => {
  writeBlog()
  await expect(squash(options)).rejects.toThrow(message)
})

test('a file that is there stays', async () => {
  writeBlog()
  const { path } = await squash({ to: '0002', name: 'x' })
  await expect(squash({ to: '0004', from: '0003', name: 'x' })).resolves.toMatchObject({ name: '0003_x' })
  await expect(squash({ to: '0003', name: 'x' })).rejects.toThrow(
    `${path} cannot be written: a file of that name is there already`,
  )
})

test('operations of other packages are taken from where they are', async () => {
  write('blog', '0001_initial', `operations: [m.createModel('Post', { id: orm.bigAuto() })]`)
  write(
    'blog',
    '0002_2nd',
    `dependencies: [['blog', '0001_initial']],
     operations: [
       theirs,
       m.separateDatabaseAndState({ state: [m.addField('Post', 'a', orm.integer({ null: true }))] }),
       m.separateDatabaseAndState({ database: [theirs] }),
     ]`,
    `const theirs = { ...m.runSQL('SELECT 1', m.noop), factory: 'vacuum' }`,
  )
  const { source } = await squash({ to: '0002', dryRun: true })
  expect(source).toContain("import migration2nd0002 from './0002_2nd.ts'")
  expect(source).toContain('migration2nd0002.operations[0]!')
  expect(source).toContain("separateDatabaseAndState({ state: [addField('Post', 'a', integer({ null: true }))] })")
  expect(source).toContain('migration2nd0002.operations[2]!')
})
