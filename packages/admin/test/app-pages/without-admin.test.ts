import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('./load-project.ts', import.meta.url))

/** The modules of pages for the admin that a project loads. */
async function loadedPages(...apps: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...apps])
  return JSON.parse(stdout)
}

test('a project without the admin loads none of the pages that apps bring along, and one with it does', async () => {
  expect(await loadedPages()).toEqual([])
  expect(await loadedPages('admin', 'messages', 'staticfiles')).toEqual(['tokens', 'twofactor', 'usersessions'])
})
