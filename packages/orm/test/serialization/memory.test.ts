import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { schema } from './models.ts'

const place = useTemporaryDatabase(schema)
// Each of them takes more than half a kilobyte as an object; PostgreSQL takes its time.
const rows = vendor === 'postgresql' ? 100_000 : 200_000

test('many rows are loaded and written in a memory that does not hold them', { timeout: 300_000 }, async () => {
  const script = join(import.meta.dirname, 'many-rows.ts')
  const words = ['--max-old-space-size=96', script, place.url, String(rows)]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  expect(JSON.parse(stdout)).toMatchObject({ loaded: rows + 11, written: rows })
})
