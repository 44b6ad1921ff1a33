import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const core = resolve(import.meta.dirname, '../../src/index.ts')
const orm = import.meta.resolve('@nuages/orm')

/** The lines that a process logs whose project reads from its database and writes to it. */
async function logged(logging: string): Promise<Record<string, unknown>[]> {
  const dir = mkdtempSync(join(tmpdir(), 'nuages-log-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const code = `
    import { defineSettings, setup } from '${core}'
    import { char, closeDatabases, database, Model, manager, registerModels } from '${orm}'
    class Item extends Model({ name: char({ maxLength: 9, primaryKey: true }) }) { static objects = manager(Item) }
    registerModels('shop', { Item })
    await setup(defineSettings({ baseDir: '${dir}', debug: true, databases: { default: 'sqlite:a', replica: 'sqlite:b' },
      databaseRouters: [{ dbForRead: () => 'replica' }], logging: { pretty: false, ${logging} } }))
    for (const alias of ['default', 'replica']) await database(alias).script('CREATE TABLE shop_item (name TEXT)')
    await Item.objects.create({ name: 'secret' })
    await Item.objects.filter({ name: 'secret' }).exists()
    await closeDatabases()`
  const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', code])
  return stderr
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

test('logging.queries writes each statement to the log, without its parameters, and where routers sent it', async () => {
  const lines = await logged('queries: true')
  expect(lines).toMatchObject([
    { level: 30, msg: 'query', database: 'default', sql: 'CREATE TABLE shop_item (name TEXT)', ms: expect.any(Number) },
    { database: 'replica', sql: 'CREATE TABLE shop_item (name TEXT)' },
    { database: 'default', sql: expect.stringMatching(/^INSERT INTO "shop_item"/) },
    { database: 'replica', sql: expect.stringMatching(/^SELECT 1 /) },
  ])
  expect(JSON.stringify(lines)).not.toContain('secret')
  expect(await logged('queries: false')).toEqual([])
})
