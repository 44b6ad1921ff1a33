import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../..')
const pages = ['settings', 'middleware', 'applications', 'checks', 'testing']
let project: string

// The blocks of these pages that begin with a file's name are the files of one project.
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'nuages-docs-'))
  for (const page of pages) {
    const text = readFileSync(join(root, `docs/${page}.md`), 'utf8')
    for (const [, file, code] of text.matchAll(
      /^```\w+\n(?:\/\/|<!--) ([\w/-]+\.\w+(?:\.ts)?)(?: -->)?\n(.*?)^```/gms,
    )) {
      mkdirSync(dirname(join(project, file!)), { recursive: true })
      writeFileSync(join(project, file!), code!)
    }
  }
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(join(root, 'packages/nuages'), join(project, 'node_modules/nuages'))
  symlinkSync(join(root, 'node_modules/vitest'), join(project, 'node_modules/vitest'))
  symlinkSync(join(root, 'packages/core/node_modules/zod'), join(project, 'node_modules/zod'))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
})

afterAll(() => rmSync(project, { recursive: true }))

async function inProject(...args: string[]): Promise<string> {
  const env = { ...process.env, SECRET_KEY: 'only-for-tests-0123456789-abcdefgh', NODE_ENV: 'test', VITEST: '' }
  const { stdout } = await run(process.execPath, args, { cwd: project, env })
  return stdout
}

test('the tests of the page on testing pass', { timeout: 120_000 }, async () => {
  await inProject('node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--outputFile=report.json')
  expect(JSON.parse(readFileSync(join(project, 'report.json'), 'utf8'))).toMatchObject({
    success: true,
    numPassedTests: 2,
    numFailedTests: 0,
  })
})

test('the files of the other pages do what they say', { timeout: 120_000 }, async () => {
  const script = `
    import { createApplication, gatherCommands, apps, runChecks, defaultMiddleware, fromSettings } from 'nuages'
    import { Client } from 'nuages/testing'
    import { TestDatabase } from 'nuages/testing'
    import settings from './settings.ts'
    import { isOpen } from './site-name.ts'
    import { banner } from './banner.ts'
    import { holiday } from './holiday.ts'
    import { failures } from './listen.ts'

    const database = await TestDatabase.create(settings)
    await database.reset()
    const client = new Client(await createApplication(settings))
    const timed = await client.get('/notes/')
    const lines = []
    const output = { write: (text) => lines.push(text) }
    const { command } = (await gatherCommands(apps.all())).get('addnote')
    await command.run({ args: { title: 'tea' }, options: { shout: true }, stdout: output, stderr: output, settings })
    await command.run({ args: { title: 'x'.repeat(101) }, options: {}, stdout: output, stderr: output, settings }).catch((error) => lines.push(error.message))
    const next = () => timed
    const order = await holiday({ path: '/orders/1/' }, next)
    const other = await holiday({ path: '/' }, next)
    console.log(JSON.stringify({
      open: isOpen(), section: settings.notes, custom: settings.custom, lines,
      timing: timed.headers.get('Server-Timing'), notes: (await client.get('/notes/')).text(),
      stage: banner({}, next).headers.get('X-Stage'), holiday: [order.status, other.headers.get('X-Holiday')],
      checks: (await runChecks({ tags: ['notes'] })), failures,
    }))
    await database.close()
  `
  writeFileSync(join(project, 'driver.ts'), script)
  const output = JSON.parse(await inProject('driver.ts'))
  expect(output).toMatchObject({
    open: false,
    section: { pageSize: 20 },
    custom: { siteName: 'My notes' },
    lines: ['Added note 1.\n', 'A title has at most 100 characters.'],
    timing: expect.stringMatching(/^app;dur=\d/),
    notes: expect.stringContaining('<p>TEA</p>'),
    stage: 'production',
    holiday: [503, 'yes'],
    checks: [],
    failures: [],
  })
})

test('the page on settings has every setting', async () => {
  const { settingWords } = await import('../../core/src/settings/settings-schema.ts')
  const page = readFileSync(join(root, 'docs/settings.md'), 'utf8')
  const sections = ['templates', 'logging', 'cors']
  const missing = [...settingWords.keys()].filter((name) => !sections.includes(name) && !page.includes(`\`${name}\``))
  expect(missing).toEqual([])
})
