import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/security/advisories.md'), 'utf8')
const rows = [...page.matchAll(/^\| (CVE-\d{4}-\d+) \| (.+) \| (.+) \| (?:`(.+)` )?\|$/gm)].map(
  ([, advisory = '', , here = '', file]) => ({ advisory, here, file }),
)

test('every line of the table is read, and each advisory has one', () => {
  expect(rows).toHaveLength(page.match(/^\| CVE-/gm)!.length)
  expect(new Set(rows.map(({ advisory }) => advisory)).size).toBe(rows.length)
})

test.each(rows)('$advisory: $here', ({ advisory, here, file }) => {
  if (file === undefined) expect(here).toMatch(/^no |^templates are folders/)
  else {
    expect(existsSync(join(root, file)), file).toBe(true)
    expect(readFileSync(join(root, file), 'utf8'), file).toContain(advisory)
  }
})
