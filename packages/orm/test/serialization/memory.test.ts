import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { schema } from './models.ts'

const place = useTemporaryDatabase(schema)
const rows = 200_000

test('many rows are loaded and written in a memory that does not hold them', { timeout: 300_000 }, async () => {
  const script = join(import.meta.dirname, 'many-rows.ts')
  // The rows alone are 200 bytes of text each, and more as objects.
  const words = ['--max-old-space-size=64', script, place.url, String(rows)]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  expect(JSON.parse(stdout)).toMatchObject({ loaded: rows + 11, written: rows })
})
