/** A minute of mixed pages at 64 connections against `manage serve`, rude clients among them, and a SIGTERM in the middle. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { median, residentMiB } from './soak/memory.ts'
import { abortingClient, slowClient } from './soak/rude-clients.ts'
import { SteadyClient } from './soak/steady-client.ts'

const project = resolve(import.meta.dirname, '../../../starter-project')
const leastSeconds = 60
const mostSeconds = 180
/** After how many answers a heap has grown to what it needs: on a busy machine that takes longer. */
const warmUpRequests = 6000
const steadyClients = 56
const paths = ['/', '/?page=3', '/archive/2026/', '/search/?q=rain', '/feed/', '/about/', '/no-such-page/']

let folder: string
let environment: NodeJS.ProcessEnv
let server: ChildProcess
let serverErrors = ''
let origin: URL

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuages-soak-'))
  environment = {
    ...process.env,
    NODE_ENV: 'production',
    DEBUG: 'false',
    SECRET_KEY: 'soak-test-key-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ',
    ALLOWED_HOSTS: '127.0.0.1',
    DATABASE_URL: `sqlite:${join(folder, 'db.sqlite3')}`,
    // All clients here have one address.
    RATE_LIMIT: '1000000/m',
  }
  // The demo is loaded while debug is on, as it has to be.
  for (const command of ['migrate', 'loaddemo']) {
    const env = { ...environment, DEBUG: 'true' }
    await promisify(execFile)(process.execPath, ['manage.ts', command], { cwd: project, env })
  }
  server = spawn(process.execPath, ['manage.ts', 'serve', '127.0.0.1:0'], { cwd: project, env: environment })
  server.stderr!.on('data', (chunk: Buffer) => {
    serverErrors += chunk
  })
  let output = ''
  while (!output.includes('\n')) output += String((await once(server.stdout!, 'data'))[0])
  server.stdout!.resume()
  origin = new URL(/http:\S+/.exec(output)![0])
}, 60_000)

afterAll(async () => {
  if (server?.exitCode === null && server.signalCode === null) server.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

test('a minute and more at 64 connections: no error, no growth, and SIGTERM loses nothing', {
  timeout: (mostSeconds + 60) * 1000,
}, async () => {
  const where = { host: origin.hostname, port: Number(origin.port) }
  const rude = new AbortController()
  const rudeClients = [0, 1, 2, 3].flatMap((index) => [
    slowClient(where, paths[index]!, rude.signal),
    abortingClient(where, paths[index]!, rude.signal),
  ])
  const clients = Array.from({ length: steadyClients }, () => new SteadyClient(origin.origin))
  const running = clients.map((client, index) => client.run(paths, index, 25))

  const memory: number[] = []
  const answered = () => clients.reduce((sum, { flights }) => sum + flights.length, 0)
  let warmUpSeconds: number | undefined
  while (memory.length < leastSeconds || (answered() < 2 * warmUpRequests && memory.length < mostSeconds)) {
    await sleep(1000)
    memory.push(residentMiB(server.pid!))
    if (answered() >= warmUpRequests) warmUpSeconds ??= memory.length
  }

  const exited = once(server, 'exit')
  for (const client of clients) client.stop()
  server.kill('SIGTERM')
  const [[code]] = await Promise.all([exited, ...running])
  rude.abort()
  await Promise.all(rudeClients)
  for (const client of clients) client.close()

  const flights = clients.flatMap((client) => client.flights)
  const beforeStop = flights.filter(({ inFlightAtStop }) => !inFlightAtStop)
  expect(beforeStop.filter(({ outcome }) => outcome !== 'answered')).toEqual([])
  expect(new Set(beforeStop.map(({ path, status }) => `${path} ${status}`))).toEqual(
    new Set(paths.map((path) => `${path} ${path === '/no-such-page/' ? 404 : 200}`)),
  )
  expect(flights.filter(({ inFlightAtStop, outcome }) => inFlightAtStop && outcome !== 'answered')).toEqual([])
  expect(warmUpSeconds, `${flights.length} requests in ${memory.length} s`).toBeDefined()
  expect(code).toBe(0)
  // What rude clients send without a token is refused, and told as a warning.
  expect(serverErrors).not.toMatch(/unhandled|"level":(?!40)/i)

  const early = median(memory.slice(warmUpSeconds! - 1, warmUpSeconds! + 9))
  const late = median(memory.slice(-10))
  console.log(
    `${flights.length} requests; resident memory ${early.toFixed(0)} MiB after ${warmUpSeconds} s, ${late.toFixed(0)} MiB after ${memory.length} s`,
  )
  expect(late, `MiB over time: ${memory.map(Math.round).join(' ')}`).toBeLessThan(early * 1.1 + 5)
})
