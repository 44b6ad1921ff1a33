import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, CommandError, settings } from '@nuages/core'
import { afterEach, describe, expect, it } from 'vitest'
import { collectstatic, findstatic } from '../src/commands.ts'
import { checkStaticDirs, StaticRootError } from '../src/index.ts'
import { makeProject, type StaticProject } from './project.ts'

let project: StaticProject
afterEach(() => project.remove())

async function run(command: Command, args: object = {}, options: object = {}): Promise<{ out: string; err: string }> {
  const written = { out: '', err: '' }
  await command.run({
    args: { ...args },
    options: { ...options },
    settings,
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  })
  return written
}

describe('findstatic', () => {
  it('shows the file that is served and those it hides', async () => {
    project = await makeProject()
    const { out } = await run(findstatic, { paths: ['site.css'] })
    expect(out).toBe(
      `site.css\n  ${project.dir}/static/site.css (the project)\n  ${project.dir}/blog/static/site.css (blog)\n`,
    )
    expect((await run(findstatic, { paths: ['site.css'] }, { first: true })).out).not.toContain('(blog)')
  })

  it('fails with where it looked', async () => {
    project = await makeProject()
    await expect(run(findstatic, { paths: ['nothing.css', '../settings.ts'] })).rejects.toThrow(
      `2 of 2 not found. Searched:\n  ${project.dir}/static (the project)\n  ${project.dir}/blog/static (blog)\n  ${project.dir}/shop/static (shop)`,
    )
  })
})

describe('collectstatic', () => {
  const collected = ['.well-known/security.txt', 'a b/é.txt', 'blog/blog.css', 'shop/app.js', 'site.css']

  async function listing(dir: string): Promise<string[]> {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
      .sort()
  }

  it('copies what would be served, once', async () => {
    project = await makeProject({ staticRoot: 'out' })
    const root = join(project.dir, 'out')
    expect((await run(collectstatic)).out).toBe(`5 static files copied to ${root}, 0 unchanged.\n`)
    expect(await listing(root)).toEqual(collected)
    expect(await readFile(join(root, 'site.css'), 'utf8')).toBe('body { color: project }')
    expect((await run(collectstatic)).out).toBe(`0 static files copied to ${root}, 5 unchanged.\n`)
    await writeFile(join(project.dir, 'static/site.css'), 'changed')
    expect((await run(collectstatic)).out).toBe(`1 static files copied to ${root}, 4 unchanged.\n`)
  })

  it('keeps the time of change', async () => {
    project = await makeProject({ staticRoot: 'out' })
    await run(collectstatic)
    const times = await Promise.all(['static', 'out'].map((dir) => stat(join(project.dir, dir, 'site.css'))))
    expect(Math.abs(times[1]!.mtimeMs - times[0]!.mtimeMs)).toBeLessThan(1)
  })

  it('clears when told to, and only says so when told to', async () => {
    project = await makeProject({ staticRoot: 'out' })
    const root = join(project.dir, 'out')
    const { out } = await run(collectstatic, {}, { 'dry-run': true })
    expect(out).toContain('Would copy site.css\n')
    expect(out).toContain('5 static files to copy')
    await expect(stat(root)).rejects.toThrow()
    await run(collectstatic)
    await rm(join(project.dir, 'static/site.css'))
    await rm(join(project.dir, 'blog/static/site.css'))
    await run(collectstatic, {}, { clear: true, 'dry-run': true })
    expect(await listing(root)).toEqual(collected)
    await run(collectstatic, {}, { clear: true })
    expect(await listing(root)).toEqual(collected.filter((path) => path !== 'site.css'))
  })

  it('needs a folder of its own', async () => {
    project = await makeProject()
    await expect(run(collectstatic)).rejects.toThrow(CommandError)
    for (const staticRoot of ['.', '/', 'static', 'blog', 'static/out', 'blog/static/out/deep']) {
      await project.remove()
      project = await makeProject({ staticRoot })
      await expect(run(collectstatic, {}, { clear: true })).rejects.toThrow(StaticRootError)
      expect(await readdir(project.dir)).toContain('static')
    }
  })
})

describe('checks', () => {
  it('find nothing wrong with a sound project', async () => {
    project = await makeProject({ staticRoot: 'out' })
    expect(checkStaticDirs()).toEqual([])
  })

  it('name a folder that is not there, or is no folder', async () => {
    project = await makeProject({ staticDirs: ['nowhere', 'settings.ts'] })
    expect(checkStaticDirs().map(({ id, message }) => [id, message])).toEqual([
      ['staticfiles.W004', `The folder '${project.dir}/nowhere' of staticDirs does not exist.`],
      ['staticfiles.W004', `The folder '${project.dir}/settings.ts' of staticDirs does not exist.`],
    ])
  })

  it('name a folder that is collected into', async () => {
    project = await makeProject({ staticRoot: 'static' })
    expect(checkStaticDirs().map(({ id, level }) => [id, level])).toEqual([['staticfiles.E002', 'error']])
  })
})
