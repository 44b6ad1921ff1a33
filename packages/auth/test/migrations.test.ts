import { join } from 'node:path'
import { apps } from '@nuages/core'
import { database } from '@nuages/orm'
import { makeMigrations } from '@nuages/orm/migrations'
import { type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, expect } from 'vitest'
import settings from './project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))

test('the migrations make what the models say', async () => {
  const described = ['contenttypes', 'auth'].map((name) => {
    const { dir } = apps.get(name)
    return { label: name, models: apps.models(name), migrationsDir: join(dir, 'migrations') }
  })
  expect((await makeMigrations({ apps: described, dryRun: true })).changes).toEqual([])
})

/** What Django's `migrate` makes: tables with their columns, and the names of indexes. */
const djangos = {
  auth_group: 'id integer, name varchar(150)',
  auth_group_permissions: 'group_id integer, id integer, permission_id integer',
  auth_permission: 'codename varchar(100), content_type_id integer, id integer, name varchar(255)',
  auth_user:
    'date_joined datetime, email varchar(254), first_name varchar(150), id integer, is_active bool, is_staff bool, is_superuser bool, last_login datetime null, last_name varchar(150), password varchar(128), username varchar(150)',
  auth_user_groups: 'group_id integer, id integer, user_id integer',
  auth_user_user_permissions: 'id integer, permission_id integer, user_id integer',
  django_content_type: 'app_label varchar(100), id integer, model varchar(100)',
}
const indexes = [
  'auth_group_permissions_group_id_b120cbf9',
  'auth_group_permissions_group_id_permission_id_0cd325b0_uniq',
  'auth_group_permissions_permission_id_84c5c92e',
  'auth_permission_content_type_id_2f476e4b',
  'auth_permission_content_type_id_codename_01ab375a_uniq',
  'auth_user_groups_group_id_97559544',
  'auth_user_groups_user_id_6a12ed8b',
  'auth_user_groups_user_id_group_id_94350c0c_uniq',
  'auth_user_user_permissions_permission_id_1fbb5f2c',
  'auth_user_user_permissions_user_id_a95ead1b',
  'auth_user_user_permissions_user_id_permission_id_14a6b632_uniq',
  'django_content_type_app_label_model_76bd3d3b_uniq',
]

test("the tables are Django's", async () => {
  for (const [table, columns] of Object.entries(djangos)) {
    const rows = await database().all({ sql: `SELECT name, type, "notnull" FROM pragma_table_info('${table}')` }, [])
    const found = rows.map(
      ([name, type, notNull]) => `${name} ${String(type).toLowerCase()}${notNull === 1 ? '' : ' null'}`,
    )
    expect(found.sort().join(', ')).toBe(columns)
  }
  const sql = await database().all({ sql: 'SELECT sql FROM sqlite_master' }, [])
  const text = sql.flat().join('\n')
  for (const index of indexes) expect(text).toContain(`"${index}"`)
})
