import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'

const project = resolve(import.meta.dirname, '../..')
const { scripts } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'))

/** The lines of `npm start` in a new project, up to the address of the admin. */
async function linesOf(start: ChildProcess): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface(start.stdout!)) {
    lines.push(line)
    if (line.startsWith('Admin: ')) return lines
  }
  throw new Error(`It ended before it named the admin:\n${lines.join('\n')}`)
}

let folder: string
let start: ChildProcess
let lines: string[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starter-project-'))
  const environment = {
    DATABASE_URL: `sqlite:${join(folder, 'site.sqlite3')}`,
    MEDIA_ROOT: join(folder, 'media'),
    PORT: '0',
    // As npm runs a script.
    PATH: [join(project, 'node_modules/.bin'), resolve(process.execPath, '..'), process.env.PATH].join(':'),
  }
  // In a group of its own, so that what the shell has started ends with it.
  start = spawn('sh', ['-c', scripts.start], {
    cwd: project,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  lines = await linesOf(start)
  start.stdout!.resume()
})
afterAll(async () => {
  if (start.exitCode === null) {
    process.kill(-start.pid!, 'SIGINT')
    await once(start, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
})

test('says what was loaded, who signs in, where the site is and where its admin', async () => {
  expect(lines.filter((line) => !line.startsWith('Applying '))).toEqual([
    'Loaded 63 posts.',
    "Log in as 'demo@example.com' with the password 'mackerel-sky' (only while debug is on).",
    expect.stringMatching(/^Serving at http:\/\/127\.0\.0\.1:\d+\/ \(development\)\. Stop with Control-C\.$/),
    expect.stringMatching(/^Admin: http:\/\/127\.0\.0\.1:\d+\/admin\/$/),
  ])
})

test('all of which is true', async () => {
  const [site, admin] = lines.slice(-2).map((line) => /http:\S+/.exec(line)![0])
  expect(await (await fetch(site!)).text()).toContain('Mackerel Sky')
  const asked = await fetch(admin!)
  const [, token = ''] = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await asked.text()) ?? []
  const [, username = '', password = ''] = /'(.*?)'.*'(.*?)'/.exec(lines.find((line) => line.startsWith('Log in'))!)!
  const cookie = asked.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ')
  const signedIn = await fetch(asked.url, {
    method: 'POST',
    headers: { Cookie: cookie },
    body: new URLSearchParams({ csrfmiddlewaretoken: token, username, password }),
    redirect: 'manual',
  })
  expect([signedIn.status, signedIn.headers.get('Location')]).toEqual([303, '/admin/'])
})
