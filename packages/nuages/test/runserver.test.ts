import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RunningCommand } from './projects/running-command.ts'
import { smallProject, type TemporaryProject, temporaryProject } from './projects/temporary-project.ts'

let project: TemporaryProject
let command: RunningCommand

beforeEach(async () => {
  project = await temporaryProject()
})
afterEach(async () => {
  await command.stop()
  await project.remove()
})

async function body(url: string): Promise<string> {
  return (await fetch(url)).text()
}

/** Asks until the page has the text; how long that may take is vitest's time limit. */
async function until(url: string, text: string): Promise<Response> {
  for (;;) {
    const response = await fetch(url, { headers: { Connection: 'close' } })
    if ((await response.clone().text()).includes(text)) return response
    await sleep(20)
  }
}

/** Over a connection of its own: one that is kept alive belongs to the worker it was made to. */
function freshConnection(url: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, text: body }), reject)
    }).on('error', reject)
  })
}

const views = (version: string): string => smallProject['shop/views.ts']!.replace('version one', version)

test('serves, prints requests, and takes up a change on the same port', async () => {
  command = new RunningCommand(project.folder, ['runserver', '0'])
  const origin = await command.origin()
  expect(await body(`${origin}/`)).toBe('version one')
  await command.printed(/GET \/ 200/)

  await project.write('shop/views.ts', views('version two'))
  await until(`${origin}/`, 'version two')
  await command.printed(/Changed: shop\/views\.ts/)
})

test('a template changes without loading anything again, a setting with it', async () => {
  command = new RunningCommand(project.folder, ['runserver', '0'])
  const origin = await command.origin()
  expect(await body(`${origin}/page/`)).toContain('page one')
  await project.write('templates/page.html', '<p>page two</p>')
  await until(`${origin}/page/`, 'page two')
  expect(command.output).not.toContain('Changed')

  await project.write('settings.ts', smallProject['settings.ts']!.replace("dirs: ['templates']", "dirs: ['other']"))
  await project.write('other/page.html', '<p>page three</p>')
  await until(`${origin}/page/`, 'page three')
})

test('a syntax error shows in the browser and in the terminal, and goes away when it is mended', async () => {
  command = new RunningCommand(project.folder, ['runserver', '0'])
  const origin = await command.origin()
  expect(await body(`${origin}/`)).toBe('version one')

  await project.write('shop/views.ts', 'export function home( {')
  const response = await until(`${origin}/`, 'shop/views.ts')
  expect(response.status).toBe(500)
  await command.printed(/shop\/views\.ts/)

  await project.write('shop/views.ts', views('version three'))
  expect((await until(`${origin}/`, 'version three')).status).toBe(200)
})

test('starts with settings that cannot be loaded, and recovers', async () => {
  await project.write('settings.ts', smallProject['settings.ts']!.replace('urlconf:', 'urlkonf:'))
  command = new RunningCommand(project.folder, ['runserver', '0'])
  const origin = await command.origin()
  expect(await (await until(`${origin}/`, 'urlkonf')).text()).toContain('urlconf')
  await project.write('settings.ts', smallProject['settings.ts']!)
  await until(`${origin}/`, 'version one')
})

test('requests that come while it loads wait for it; none is refused', async () => {
  command = new RunningCommand(project.folder, ['runserver', '0'])
  const origin = await command.origin()
  expect(await body(`${origin}/`)).toBe('version one')
  await project.write('shop/views.ts', views('version two'))
  await command.printed(/Changed/)
  const answers = await Promise.all(Array.from({ length: 20 }, () => freshConnection(`${origin}/`)))
  expect(answers).toEqual(answers.map(() => ({ status: 200, text: 'version two' })))
})

test('a port in use is said plainly', async () => {
  command = new RunningCommand(project.folder, ['runserver', '0'])
  const port = new URL(await command.origin()).port
  const second = new RunningCommand(project.folder, ['runserver', port])
  await second.printed(new RegExp(`Port ${port} of 127\\.0\\.0\\.1 is in use`))
  expect(await second.exited()).toBe(1)
})

test('Control-C ends it with 0', async () => {
  command = new RunningCommand(project.folder, ['runserver', '0'])
  await command.origin()
  expect(await command.stop('SIGINT')).toBe(0)
})
