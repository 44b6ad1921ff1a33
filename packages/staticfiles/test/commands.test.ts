import { afterEach, describe, expect, it } from 'vitest'
import { findstatic } from '../src/commands.ts'
import { checkStaticDirs } from '../src/index.ts'
import { makeProject, type StaticProject } from './project.ts'
import { run } from './run-command.ts'

let project: StaticProject
afterEach(() => project.remove())

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
