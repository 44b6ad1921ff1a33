/** How a package is bundled for publishing (`scripts/bundle-package.ts`), seen on one that is made for it. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundlePackage } from '../../../scripts/bundle-package.ts'

const sources = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { installed: '1' },
    publishConfig: { exports: { '.': { default: './dist/index.js' }, './kit': { default: './dist/kit/index.js' } } },
  }),
  'src/index.ts': `
import { page as other, Row as OtherRow } from './deep/page.ts'
import { Row as ThirdRow } from './row.ts'
export const dir: string = import.meta.dirname
export const page = () => other()
export class Row {}
export const names = [Row.name, OtherRow.name, ThirdRow.name]
export const later = () => import('./deep/later.ts')
`,
  'src/deep/page.ts': `
export class Row {}
export const page = (): URL => new URL('./pages/page.html', import.meta.url)
`,
  'src/row.ts': 'export class Row {}',
  'src/deep/later.ts': `export { Row } from './page.ts'\nexport const here = import.meta.dirname`,
  'src/deep/pages/page.html': '<p>',
  'src/kit/index.ts': `export { Row } from '../deep/page.ts'`,
  'src/migrations/0001_initial.ts': `
import { Row } from '../deep/page.ts'
export default Row
`,
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuages-bundle-'))
  await write(sources)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
}

function load(file: string): Promise<Record<string, never>> {
  return import(pathToFileURL(join(folder, file)).href)
}

test('places are those beside the sources', async () => {
  await bundlePackage(folder)
  const { dir, page, later } = (await load('dist/index.js')) as unknown as {
    dir: string
    page: () => URL
    later: () => Promise<{ here: string }>
  }
  expect(dir).toBe(join(folder, 'dist'))
  expect(fileURLToPath(page())).toBe(join(folder, 'dist/deep/pages/page.html'))
  expect(existsSync(page())).toBe(true)
  expect((await later()).here).toBe(join(folder, 'dist/deep'))
})

test('a class is one, however it is reached, and has the name that it was given', async () => {
  await bundlePackage(folder)
  const { names, later } = (await load('dist/index.js')) as unknown as {
    names: string[]
    later: () => Promise<{ Row: unknown }>
  }
  expect(names).toEqual(['Row', 'Row', 'Row'])
  const { Row } = await load('dist/kit/index.js')
  expect((await later()).Row).toBe(Row)
  expect((await load('dist/migrations/0001_initial.js'))['default']).toBe(Row)
  expect((await readdir(join(folder, 'dist/migrations'))).sort()).toEqual(['0001_initial.js', '0001_initial.js.map'])
})

test('a line of a bundle leads to the source, whose text comes along', async () => {
  await bundlePackage(folder, 'elsewhere')
  const file = (await readdir(join(folder, 'elsewhere'))).find(
    (name) => name.startsWith('shared') && name.endsWith('.js'),
  )!
  const lines = (await readFile(join(folder, 'elsewhere', file), 'utf8')).split('\n')
  const map = JSON.parse(await readFile(join(folder, 'elsewhere', `${file}.map`), 'utf8'))
  const line = lines.findIndex((text) => text.includes('page.html'))
  const { originalSource, originalLine } = new SourceMap(map).findEntry(line, lines[line]!.indexOf('new URL')) as {
    originalSource: string
    originalLine: number
  }
  expect([originalSource, originalLine]).toEqual(['../src/deep/page.ts', 2])
  expect(map.sourcesContent[map.sources.indexOf(originalSource)]).toBe(sources['src/deep/page.ts'])
})

test('a file that is named and not there fails the build', async () => {
  await rm(join(folder, 'src/deep/pages'), { recursive: true })
  await expect(bundlePackage(folder)).rejects.toThrow(/deep\/page\.ts names '\.\/pages\/page\.html' beside it/)
})

test('so does what is imported and would not be installed', async () => {
  await write({ 'src/deep/page.ts': `import 'installed'\nexport class Row {}\nexport const page = () => {}` })
  await bundlePackage(folder)
  await write({ 'src/deep/page.ts': `import 'not-installed/x'\nexport class Row {}\nexport const page = () => {}` })
  await expect(bundlePackage(folder)).rejects.toThrow(
    /imports 'not-installed\/x', which package\.json has no dependency on/,
  )
})
