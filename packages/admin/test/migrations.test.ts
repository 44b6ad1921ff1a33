import { join } from 'node:path'
import { apps } from '@nuages/core'
import { database } from '@nuages/orm'
import { makeMigrations } from '@nuages/orm/migrations'
import { expect } from 'vitest'
import { test } from './site.ts'

test('the migrations make what the models say', async () => {
  const described = ['contenttypes', 'auth', 'admin'].map((name) => {
    const { dir } = apps.get(name)
    return { label: name, models: apps.models(name), migrationsDir: join(dir, 'migrations') }
  })
  expect((await makeMigrations({ apps: described, dryRun: true })).changes).toEqual([])
})

test("the table is Django's", async () => {
  const sql = `SELECT name, type, "notnull" FROM pragma_table_info('django_admin_log') ORDER BY name`
  const rows = await database().all({ sql }, [])
  expect(
    rows.map(([name, type, notNull]) => `${name} ${String(type).toLowerCase()}${notNull === 1 ? '' : ' null'}`),
  ).toEqual([
    'action_flag smallint unsigned',
    'action_time datetime',
    'change_message text',
    'content_type_id integer null',
    'id integer',
    'object_id text null',
    'object_repr varchar(200)',
    'user_id integer',
  ])
  const text = (await database().all({ sql: 'SELECT sql FROM sqlite_master' }, [])).flat().join('\n')
  for (const index of ['django_admin_log_content_type_id_c4bce8eb', 'django_admin_log_user_id_c564eba6']) {
    expect(text).toContain(`"${index}"`)
  }
})
