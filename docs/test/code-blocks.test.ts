/**
 * The code of the documentation: every TypeScript block type-checks and runs, every template compiles. How a page says
 * which block is which file is told in page-project.ts.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeBlocks } from './code-block.ts'
import { compileTemplates } from './compile-templates.ts'
import { allPages, root } from './page.ts'
import { type PageProject, templatesOf, writePageProject } from './page-project.ts'
import { runModules } from './run-modules.ts'
import { typeCheck } from './type-check.ts'

// Inside the package, so that `nuages` and `@nuages/…` are found from there.
const projectsFolder = join(root, 'packages/nuages/test/.projects')
const pages = allPages()
const paths = pages
  .filter((page) => codeBlocks(page).some(({ language }) => /^(ts|js|html|njk)$/.test(language)))
  .map(({ path }) => path)
let folder: string
let projects: ReadonlyMap<string, PageProject>
let problems: readonly string[]

beforeAll(async () => {
  mkdirSync(projectsFolder, { recursive: true })
  folder = mkdtempSync(join(projectsFolder, 'docs-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(join(root, 'packages/core/node_modules/zod'), join(folder, 'node_modules/zod'))
  projects = new Map(
    pages
      .filter(({ path }) => paths.includes(path))
      .map((page) => [page.path, writePageProject(page, pages, join(folder, page.path.replaceAll(/[/.]/g, '-')))]),
  )
  problems = await typeCheck([...projects.values()], folder)
}, 600_000)

afterAll(() => rmSync(folder, { recursive: true }))

test.concurrent.for(paths)('%s', async (path, { expect }) => {
  const project = projects.get(path)!
  expect(problems.filter((problem) => problem.startsWith(`${path}:`))).toEqual([])
  expect(await runModules(project)).toBe('')
  expect(await compileTemplates(path, templatesOf(project.page))).toEqual([])
})

test('whatever the compiler found belongs to a page', () => {
  expect(problems.filter((problem) => !paths.some((path) => problem.startsWith(`${path}:`)))).toEqual([])
})
