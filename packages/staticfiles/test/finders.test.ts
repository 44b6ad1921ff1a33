import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAllStatic, findStatic, isStaticPath, listStatic } from '../src/index.ts'
import { makeProject, type StaticProject } from './project.ts'

let project: StaticProject
beforeAll(async () => {
  project = await makeProject()
})
afterAll(() => project.remove())

describe('finders', () => {
  it('search the project, then the apps in their order', async () => {
    expect((await findStatic('site.css'))?.source.owner).toBe('the project')
    expect((await findAllStatic('site.css')).map(({ source }) => source.owner)).toEqual(['the project', 'blog'])
    expect((await findStatic('shop/app.js'))?.source.owner).toBe('shop')
    expect(await findStatic('shop')).toBeUndefined()
  })

  it('list what is served, each path once', async () => {
    const listed = await listStatic()
    expect(listed.map(({ path, source }) => `${source.owner}: ${path}`)).toEqual([
      'the project: .well-known/security.txt',
      'the project: a b/é.txt',
      'the project: site.css',
      'blog: blog/blog.css',
      'shop: shop/app.js',
    ])
    for (const { path, file } of listed) expect((await findStatic(path))?.file).toBe(file)
  })

  it('follow links to files, and links in a circle not for ever', async () => {
    const folder = join(project.dir, 'static')
    await writeFile(join(project.dir, 'linked.txt'), 'linked')
    await symlink(join(project.dir, 'linked.txt'), join(folder, 'link.txt'))
    await symlink(folder, join(folder, 'circle'))
    await symlink(join(project.dir, 'nothing'), join(folder, 'broken.txt'))
    const paths = (await listStatic()).map(({ path }) => path)
    expect(paths).toContain('link.txt')
    expect(paths.filter((path) => path.startsWith('circle') || path === 'broken.txt')).toEqual([])
  })

  it('never leave their folders, whatever they are asked for', async () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      'static',
      'settings.ts',
      '.env',
      'site.css',
      '\0',
      'a b',
      '%2e%2e',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece).map((pieces) => pieces.join('')),
        async (path) => {
          for (const { file, source } of await findAllStatic(path)) expect(file.startsWith(`${source.dir}/`)).toBe(true)
          if (isStaticPath(path)) expect(path.split('/')).not.toContain('..')
        },
      ),
      { numRuns: 300 },
    )
  })
})
