import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('whoever loads the package does not load the HTTP client that Node has inside', async () => {
  const index = new URL('../src/index.ts', import.meta.url).href
  const program = `await import('${index}'); console.log(JSON.stringify(process.moduleLoadList))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  const loaded: string[] = JSON.parse(stdout)
  expect(loaded).toContain('NativeModule _http_server')
  expect(loaded.filter((name) => name.includes('undici'))).toEqual([])
})
