import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { djangoNames } from './django-names.ts'

const root = join(import.meta.dirname, '../..')

interface Feature {
  readonly page: string
  /** Django's name, without what it is called with. */
  readonly django: string
  /** Ours, or nothing where there is none. */
  readonly own: string | undefined
  readonly verdict: string
}

/** The names in a cell: what stands in backticks, without what it is called with. */
function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!.replace(/\(.*$/, ''))
}

/** What the names of a cell are called with: options have names as well. */
function optionsIn(cell: string): string[] {
  return [...cell.matchAll(/\(([^)]*)\)/g)].flatMap(([, options]) => options!.split(/[ ,*]+/).filter(Boolean))
}

function camelCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** A row may tell of several names at once, and of those that are the same but for the way they are written. */
function featuresOf(page: string): Feature[] {
  const rows = readFileSync(join(root, page), 'utf8')
    .split(/^\| Django \| Nuages \| \|\n/m)
    .slice(1)
    .flatMap((rest) =>
      rest
        .split(/\n(?!\|)/)[0]!
        .split('\n')
        .slice(1),
    )
  return rows.flatMap((line) => {
    const [, django = '', own = '', verdict = ''] = line.split(/(?<!\\)\|/)
    const names = namesIn(own)
    const told = namesIn(django).map((name, at) => ({
      name,
      own: own.includes('camelCase') ? camelCase(name) : names[at],
    }))
    const options = optionsIn(django).map((name) => ({ name, own: camelCase(name) }))
    return [...told, ...options].map((each) => ({ page, django: each.name, own: each.own, verdict: verdict.trim() }))
  })
}

const features = globSync('docs/models/*.md', { cwd: root }).flatMap(featuresOf)
const tests = globSync('packages/orm/test/**/*.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n')

test.each(Object.entries(djangoNames))('each of %s is in a table', (_, names) => {
  const known = new Set(features.map(({ django }) => django))
  expect(names.filter((name) => !known.has(name))).toEqual([])
})

test('a table says that it is the same, how it differs, or why it is left out', () => {
  const wrong = features.filter(({ verdict }) => !/^(?:same$|same[:,;. ]|differs: .|left out: .)/.test(verdict))
  expect(wrong).toEqual([])
})

test('what is the same has a name, which a test uses', () => {
  const same = features.filter(({ verdict }) => verdict.startsWith('same'))
  const unnamed = same.filter(({ own }) => own === undefined)
  const untested = same.filter(
    ({ own }) => own !== undefined && !new RegExp(`(?<![a-z])${own.replaceAll(/[^\w]/g, '.')}(?![a-z])`).test(tests),
  )
  expect(unnamed).toEqual([])
  expect(untested).toEqual([])
})
