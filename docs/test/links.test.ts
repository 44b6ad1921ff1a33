/** Links between pages, to files of the repository and to headings lead somewhere, and every page is reached from the map. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { headingAnchors } from './heading-anchors.ts'
import { allPages, root } from './page.ts'

const pages = allPages()

/** Where a page's links lead, without those to other sites; code is no link. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, '``')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!).filter((target) => !/^\w+:/.test(target))
}

function problemOf(page: string, link: string): string | undefined {
  const [path, anchor] = link.split('#')
  const file = path === '' ? join(root, page) : join(root, dirname(page), path!)
  if (!existsSync(file)) return `${link}: there is no ${relative(root, file)}`
  if (anchor === undefined) return undefined
  const anchors = headingAnchors(readFileSync(file, 'utf8'))
  return anchors.includes(anchor)
    ? undefined
    : `${link}: the headings are ${anchors.map((name) => `#${name}`).join(' ')}`
}

test.for(pages)('$path', ({ path, text }) => {
  expect(linksOf(text).flatMap((link) => problemOf(path, link) ?? [])).toEqual([])
})

test('the map leads to every page, in a step or two', () => {
  const map = 'docs/README.md'
  const reached = new Set([map])
  for (const path of reached) {
    const page = pages.find((candidate) => candidate.path === path)
    for (const link of page ? linksOf(page.text) : []) {
      const target = join(dirname(path), link.split('#')[0]!)
      // Beyond the map only pages below a folder's own README count: a topic is not found by reading other topics.
      if (path === map || (path.endsWith('/README.md') && target.startsWith(`${dirname(path)}/`))) reached.add(target)
    }
  }
  const docs = pages.map(({ path }) => path).filter((path) => path.startsWith('docs/'))
  expect(docs.filter((path) => !reached.has(path))).toEqual([])
})
