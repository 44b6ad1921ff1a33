import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { differences } from '../../src/inspect/differences.ts'
import { migrate } from '../../src/migrations/index.ts'
import { modelTable } from '../../src/migrations/state/model-tables.ts'
import type { ModelMeta } from '../../src/models/model-meta.ts'
import type { QuerySet } from '../../src/query/query-set.ts'
import { make, rows } from '../migrations/project.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { inspectedModels } from './inspected-models.ts'
import { typeCheck } from './type-check.ts'

const python = '/usr/bin/python3'
const needs = vendor === 'sqlite' ? 'import django' : 'import django, psycopg2'

/** Where CI runs it is never missing, so that these tests fail there rather than be skipped. */
const withoutDjango = process.env.CI !== 'true' && spawnSync(python, ['-c', needs]).status !== 0

const place = useTemporaryDatabase()

/** The tables of Django's own apps and of `django_models.py`, made by its `migrate`. */
function migrateWithDjango(): void {
  const folder = join(place.dir, 'django')
  mkdirSync(folder)
  const { hostname, port, username, password, pathname } = new URL(place.url)
  const settings =
    vendor === 'sqlite'
      ? { ENGINE: 'django.db.backends.sqlite3', NAME: place.url.slice('sqlite:'.length) }
      : {
          ENGINE: 'django.db.backends.postgresql',
          NAME: pathname.slice(1),
          HOST: hostname,
          PORT: port,
          USER: decodeURIComponent(username),
          PASSWORD: decodeURIComponent(password),
        }
  const script = join(import.meta.dirname, 'django_migrate.py')
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
  execFileSync(python, ['-W', 'ignore', script, folder, JSON.stringify(settings)], { env })
}

const metaOf = (model: unknown) => (model as { meta: ModelMeta }).meta

test.skipIf(withoutDjango)(
  'models of the tables that Django made compile, and there is nothing to migrate',
  async () => {
    migrateWithDjango()
    for (const managed of [false, true]) {
      const { apps } = await inspectedModels(place.dir, { managed }, managed ? 'managed' : 'unmanaged')
      await make(apps)
      const ran = await migrate({ apps, fakeInitial: true })
      expect(ran).toHaveLength(1)
      expect((await make(apps, { check: true })).changes).toEqual([])
    }
    expect(await typeCheck(place.dir)).toBe('')
  },
  180_000,
)

test.skipIf(withoutDjango)(
  'where migrations may manage them, they would make the tables that Django made; their rows are read',
  async () => {
    migrateWithDjango()
    const standing = new Map((await database().introspect()).map((table) => [table.name, table]))
    const { classes, source } = await inspectedModels(place.dir, { managed: true })
    const metas = Object.values(classes).map(metaOf)
    const unmanaged = metas.filter(({ options }) => options.managed === false).map(({ table }) => table)
    // Ranges and words are types that no field has.
    expect(unmanaged, source).toEqual(vendor === 'sqlite' ? [] : ['shop_guessed'])
    const managed = metas.filter(({ options }) => options.managed !== false)
    expect(managed.length).toBeGreaterThan(18)
    for (const meta of managed) {
      expect(differences(standing.get(meta.table)!, modelTable(meta, vendor)), meta.name).toEqual([])
    }
    const [Permission, ContentType, Tag] = ['AuthPermission', 'DjangoContentType', 'ShopTag'].map(
      (name) => (classes[name] as { objects: QuerySet<object> }).objects,
    )
    const adding = Permission!.filter({ codename: 'add_user' } as never)
    expect(await adding.values('name' as never, 'contentType__appLabel' as never)).toEqual([
      { name: 'Can add user', contentType__appLabel: 'auth' },
    ])
    expect(await ContentType!.filter({ authPermissionSet__codename: 'add_tag' } as never).count()).toBe(1)
    await Tag!.create({ key: 'new' } as never)
    expect(await rows('SELECT * FROM shop_tag')).toEqual([['new', null]])
  },
  180_000,
)
