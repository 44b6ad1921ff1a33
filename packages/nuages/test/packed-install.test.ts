/** What a user gets: the packages as npm would serve them, in an empty folder, led by the page that leads users. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packAll } from './walkthrough/packed.ts'
import { pageSteps } from './walkthrough/page-steps.ts'
import { Reader } from './walkthrough/reader.ts'

const page = resolve(import.meta.dirname, '../../../docs/getting-started.md')
let folder: string
let tarballs: string[]
let reader: Reader

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuages-packed-'))
  tarballs = await packAll(folder)
}, 120_000)

afterAll(async () => {
  await reader?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function pageAt(path: string): Promise<string> {
  const response = await fetch(`${reader.origin}${path}`)
  expect(response.status, `${path}\n${reader.serverOutput}`).toBe(200)
  return response.text()
}

test('getting started, step by step', { timeout: 300_000 }, async () => {
  reader = new Reader(folder, tarballs)
  for (const step of pageSteps(await readFile(page, 'utf8'))) await reader.follow(step)
  // The server has been running since the project was empty; it takes up the last change by itself.
  await sleep(300)
  const list = await pageAt('/shop/')
  expect(list).toContain('<a href="/shop/1/">Kite</a>: 24.90')
  expect(list).toMatch(/Weather vane<\/a>: 89.00\s+\(sold out\)/)
  expect(await pageAt('/shop/1/')).toContain('<h1>Kite</h1>')
  expect((await fetch(`${reader.origin}/shop/3/`)).status).toBe(404)
  expect((await fetch(`${reader.origin}/shop/x/`)).status).toBe(404)
  const front = await fetch(`${reader.origin}/`, { headers: { Accept: 'text/html' } })
  expect([front.status, await front.text()]).toEqual([404, expect.stringContaining('shop/')])
})

test('the project type-checks, and a misspelt field does not', { timeout: 120_000 }, async () => {
  await reader.sh('npx tsc --noEmit')
  await reader.follow({
    kind: 'write',
    file: 'shop/wrong.ts',
    text: "import { Product } from './models.ts'\n\nexport const cheap = Product.objects.filter({ prize__lt: 30 })\n",
  })
  await expect(reader.sh('npx tsc --noEmit')).rejects.toThrow(/shop\/wrong\.ts.*prize/s)
})

test('makemigrations finds nothing more to do, and the commands answer', { timeout: 60_000 }, async () => {
  await reader.sh('npm run manage -- makemigrations --check')
  expect(await reader.sh('npm run --silent manage -- showmigrations')).toContain('[x] 0001_initial')
  expect(await reader.sh('npm run --silent manage -- routes')).toContain('shop:product-detail')
  expect(await reader.sh('npm run --silent manage -- help')).toContain('runserver')
  await expect(reader.sh('npm run --silent manage -- migrat')).rejects.toThrow("Did you mean 'migrate'?")
})
