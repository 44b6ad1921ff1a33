import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { type CodeBlock, codeBlocks } from './code-block.ts'
import type { Page } from './page.ts'

/** A block as a module on disk. */
export interface PageModule {
  /** Absolute. */
  readonly file: string
  readonly page: string
  /** What a line of the file has to be added to be a line of the page. */
  readonly lineOffset: number
  readonly run: boolean
}

/** The code of a page, written to a folder of its own. */
export interface PageProject {
  readonly page: Page
  readonly folder: string
  /** The modules of this page, in order; not those it takes from others. */
  readonly modules: readonly PageModule[]
  /** Whether the page tells the framework's types about its project, and so cannot be checked together with others. */
  readonly augments: boolean
}

const typescript = new Set(['ts', 'js'])
const template = new Set(['html', 'njk'])

/**
 * Writes the code of a page.
 *
 * - A block that names its file, with `title="…"` or a comment on its first line, is that file.
 * - Any other TypeScript block is a module beside the last named one that a reader sees, so that it can import it.
 * - `no-run="why"` keeps a block from being run; it is still type-checked.
 * - `replaces="the one above"` lets a page write a file again, as it grows: the last is checked.
 * - What readers need not see stands in HTML comments: `<!-- ts title="…"` and a file, `<!-- preamble` and lines that are
 *   put before each block below that has no file, `<!-- with: urls.md -->` for the named files of another page.
 */
export function writePageProject(page: Page, pages: readonly Page[], folder: string): PageProject {
  for (const other of pagesWith(page, pages))
    for (const block of codeBlocks(other)) if (block.file !== undefined) write(folder, block.file, block.code)
  const modules: PageModule[] = []
  const named = new Set<string>()
  let beside = '.'
  for (const block of codeBlocks(page)) {
    if (block.file === undefined ? !typescript.has(block.language) : block.language === 'diff') continue
    if (block.file !== undefined && named.has(block.file) !== block.replaces)
      throw new Error(
        block.replaces
          ? `${page.path}:${block.line} replaces ${block.file}, which the page does not have.`
          : `${page.path}:${block.line} is a second ${block.file}; say replaces="the one above".`,
      )
    if (block.file !== undefined) named.add(block.file)
    const name = block.file ?? posix.join(beside, `line-${block.line}.ts`)
    if (block.file !== undefined && typescript.has(block.language) && !block.hidden) beside = posix.dirname(block.file)
    const lines = block.file === undefined ? block.preamble : ''
    const file = write(folder, name, lines + block.code)
    if (block.replaces) modules.splice(0, modules.length, ...modules.filter((module) => module.file !== file))
    if (typescript.has(block.language)) modules.push(pageModule(page, block, file, lines))
  }
  return { page, folder, modules, augments: modules.length > 0 && page.text.includes('\ndeclare module ') }
}

/** The templates of a page: what stands in its `html` and `njk` blocks. */
export function templatesOf(page: Page): CodeBlock[] {
  return codeBlocks(page).filter(({ language }) => template.has(language))
}

function pageModule(page: Page, block: CodeBlock, file: string, preamble: string): PageModule {
  return {
    file,
    page: page.path,
    lineOffset: block.line - preamble.split('\n').length,
    // A test file is run by vitest alone, a declaration by nobody.
    run: block.noRun === undefined && !/\.(test|d)\.ts$/.test(file),
  }
}

function pagesWith(page: Page, pages: readonly Page[]): Page[] {
  const [, list] = /^<!-- with: (.*) -->$/m.exec(page.text) ?? []
  return (list?.split(', ') ?? []).map((name) => {
    const path = posix.join(posix.dirname(page.path), name)
    const found = pages.find((other) => other.path === path)
    if (found === undefined) throw new Error(`${page.path} is with ${path}, which does not exist.`)
    return found
  })
}

function write(folder: string, name: string, code: string): string {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
  return file
}
