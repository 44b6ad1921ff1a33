import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { settingWords } from '../../src/settings/settings-schema.ts'

const root = resolve(import.meta.dirname, '../../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const sources = globSync('packages/*/src/**/*.ts', { cwd: root })

/** The modules whose checks `--deploy` adds. */
const isDeployment = (path: string) => /checks\/deployment\/[^/]+$|-deploy-checks\.ts$/.test(path)

/** The ids that modules give their findings. */
function idsIn(paths: readonly string[]): string[] {
  const code = paths.map((path) => read(path).replaceAll(/^\s*(?:\/\*\*?|\*|\/\/).*$/gm, '')).join('\n')
  return unique([...code.matchAll(/'([a-z_]+\.[A-Z]\d{3})'/g)].map(([, id]) => id!))
}

/** The ids that stand in backticks in a text. */
function idsNamed(text: string): string[] {
  return unique([...text.matchAll(/`([a-z_]+\.[A-Z]\d{3})`/g)].map(([, id]) => id!))
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)].sort()

/** What stands in a page from one text to another. */
function between(page: string, from: string, to: string): string {
  const text = read(page)
  const [start, end] = [text.indexOf(from), text.indexOf(to)]
  expect([start, end].map((at) => at === -1)).toEqual([false, false])
  return text.slice(start, end)
}

/** Whether the framework, or the app of a section, has a setting of that name; one with … stands for all that begin so. */
function isSetting(name: string): boolean {
  const [start, isExact] = [name.replace('…', ''), !name.endsWith('…')]
  if ([...settingWords.keys()].some((key) => (isExact ? key === name : key.startsWith(start)))) return true
  const [section, ...rest] = start.split('.')
  const schema = globSync(`packages/${section}/src/*settings.ts`, { cwd: root }).map(read).join('\n')
  return rest.length > 0 && schema.includes(isExact ? ` ${rest.at(-1)}: ` : ` ${rest.at(-1)}`)
}

const deployed = idsIn(sources.filter(isDeployment))

test('what --deploy finds has ids of its own', () => {
  expect(deployed).toContain('security.W018')
  expect(deployed).toContain('auth.W110')
  expect(idsIn(sources.filter((path) => !isDeployment(path))).filter((id) => deployed.includes(id))).toEqual([])
  expect(deployed.filter((id) => id.startsWith('security.'))).toEqual(
    idsIn(sources).filter((id) => id.startsWith('security.')),
  )
})

test('what the security guide says to loosen something by is a setting', () => {
  const rows = between('docs/security/README.md', '## What is on', '### Hosts').split('\n').slice(4)
  const cells = rows.map((row) => row.split(' | ')[2]?.split(';')[0] ?? '')
  const names = unique(cells.flatMap((cell) => [...cell.matchAll(/`([\w.…]+)`/g)].map(([, name]) => name!)))
  expect(names.length).toBeGreaterThan(30)
  expect(names.filter((name) => !isSetting(name))).toEqual([])
})

describe('what --deploy finds, and nothing else,', () => {
  test('is in the table of the security guide', () => {
    expect(idsNamed(between('docs/security/README.md', '## What is on', '### Hosts'))).toEqual(deployed)
  })

  test('is in the table of the checks', () => {
    expect(idsNamed(between('docs/checks.md', 'With `--deploy`', 'With `--database'))).toEqual(deployed)
  })
})

test('what is found without it is in the table before that', () => {
  const table = between('docs/checks.md', '## What is checked', 'With `--deploy`')
  const named = idsNamed(table)
  const areas = [...table.matchAll(/`([a-z]+)\.\*`/g)].map(([, area]) => area!)
  const drift = idsNamed(between('docs/checks.md', 'With `--database', 'What makes a project impossible'))
  const found = idsIn(sources).filter((id) => !deployed.includes(id) && !drift.includes(id))
  expect(found.filter((id) => !areas.includes(id.split('.')[0]!) && !named.includes(id))).toEqual([])
  expect(named.filter((id) => !found.includes(id) && id !== '2_0.W001')).toEqual([])
})

test('each id of another page is that of a check', () => {
  const pages = globSync(['docs/**/*.md', 'packages/*/README.md'], { cwd: root })
  const known = idsIn(sources)
  // The admin puts its ids together where it finds something.
  const areas = new Set(known.map((id) => id.split('.')[0]).filter((area) => area !== 'admin'))
  const unknown = pages.flatMap((page) =>
    idsNamed(read(page))
      .filter((id) => areas.has(id.split('.')[0]) && !known.includes(id))
      .map((id) => `${page}: ${id}`),
  )
  expect(unknown).toEqual([])
})
