import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createProject } from '../src/index.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'create-nuages-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const read = (path: string): Promise<string> => readFile(join(folder, 'mysite', path), 'utf8')

test.each(['blog', 'empty'] as const)('makes a project from the template %s', async (template) => {
  expect(await createProject({ directory: join(folder, 'mysite'), template })).toBe(join(folder, 'mysite'))
  expect(JSON.parse(await read('package.json'))).toMatchObject({ name: 'mysite', type: 'module' })
  expect(await read('manage.ts')).toContain("from 'nuages/manage'")
  expect(await read('.gitignore')).toContain('.env')
  expect(await read('.env')).toMatch(/^SECRET_KEY=[\w-]{64}$/m)
  expect(existsSync(join(folder, 'mysite/node_modules'))).toBe(false)
  expect(existsSync(join(folder, 'mysite/blog'))).toBe(template === 'blog')
})

test('a project is spared the tests that need a browser, Python or curl', async () => {
  await createProject({ directory: join(folder, 'mysite'), template: 'blog' })
  expect(existsSync(join(folder, 'mysite/test/pages.test.ts'))).toBe(true)
  for (const name of ['browser', 'server']) expect(existsSync(join(folder, 'mysite/test', name))).toBe(false)
})

test('the empty project speaks of no blog', async () => {
  await createProject({ directory: join(folder, 'mysite'), template: 'empty' })
  for (const file of ['settings.ts', 'urls.ts', 'package.json', 'templates/base.html']) {
    expect(await read(file), file).not.toMatch(/blog|loaddemo/i)
  }
})

test('every project has a secret of its own', async () => {
  await createProject({ directory: join(folder, 'mysite'), template: 'empty' })
  const first = await read('.env')
  await rm(join(folder, 'mysite'), { recursive: true })
  await createProject({ directory: join(folder, 'mysite'), template: 'empty' })
  expect(await read('.env')).not.toBe(first)
})

describe('refuses', () => {
  test.each(['My Site', 'ünïcode', '-x', '.hidden'])('the name %j', async (name) => {
    await expect(createProject({ directory: join(folder, name), template: 'empty' })).rejects.toMatchObject({
      code: 'invalid-name',
      message: expect.stringContaining(name),
    })
    expect(existsSync(join(folder, name))).toBe(false)
  })

  test('a folder that holds something, and leaves it as it is', async () => {
    await mkdir(join(folder, 'mysite'))
    await writeFile(join(folder, 'mysite/settings.ts'), 'mine')
    await expect(createProject({ directory: join(folder, 'mysite'), template: 'blog' })).rejects.toMatchObject({
      code: 'folder-not-empty',
    })
    expect(await read('settings.ts')).toBe('mine')
  })
})

test('refuses a file in the place of the folder', async () => {
  await writeFile(join(folder, 'mysite'), 'mine')
  await expect(createProject({ directory: join(folder, 'mysite'), template: 'blog' })).rejects.toMatchObject({
    name: 'CreateProjectError',
    message: expect.stringContaining('ENOTDIR'),
  })
})

describe('the command', () => {
  const cli = resolve(import.meta.dirname, '../src/cli.ts')
  const run = (...args: string[]) => promisify(execFile)(process.execPath, [cli, ...args], { cwd: folder })

  test('asks nothing where there is no terminal, and says what comes next', async () => {
    const { stdout } = await run('mysite')
    expect(stdout).toContain('cd mysite')
    expect(existsSync(join(folder, 'mysite/blog'))).toBe(true)
  })

  test('takes a template by name, and no other', async () => {
    await run('mysite', '--template', 'empty')
    expect(existsSync(join(folder, 'mysite/blog'))).toBe(false)
    await expect(run('other', '--template', 'shop')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('blog or empty'),
    })
  })

  test('makes one project at a time', async () => {
    await expect(run('one', 'two')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('one and two') })
    expect(existsSync(join(folder, 'one'))).toBe(false)
  })

  test('--help, and an option it does not know', async () => {
    expect((await run('--help')).stdout).toContain('Usage: npm create nuages')
    await expect(run('--nope')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("'--nope'") })
  })
})
