/** What a user gets: the packages as npm would serve them, in an empty folder, led by the page that leads users. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packAll } from './walkthrough/packed.ts'
import { pageSteps } from './walkthrough/page-steps.ts'
import { Reader } from './walkthrough/reader.ts'
import { Visitor } from './walkthrough/visitor.ts'

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

/** The lines of a file that the page has its reader write. */
async function linesOf(file: string): Promise<number> {
  const steps = pageSteps(await readFile(page, 'utf8'))
  const written = steps.findLast((step) => step.kind === 'write' && step.file === file)
  return written?.kind === 'write' ? written.text.split('\n').filter((line) => line.trim() !== '').length : 0
}

test('the pages and the admin of a model take few lines', async () => {
  expect((await linesOf('shop/urls.ts')) + (await linesOf('shop/admin.ts'))).toBeLessThan(15)
})

test('products are added on the site by who is logged in', { timeout: 60_000 }, async () => {
  const visitor = new Visitor(() => reader.origin)
  const asked = await visitor.open('/shop/add/')
  expect(asked.path).toBe('/accounts/login/?next=/shop/add/')
  const form = await visitor.send(asked, reader.account)
  expect([form.status, form.path]).toEqual([200, '/shop/add/'])
  const refused = await visitor.send(form, { name: 'Sextant', price: '1.234' })
  expect(refused.html).toContain('value="Sextant"')
  expect(refused.html).toContain('value="1.234"')
  const added = await visitor.send(refused, { name: 'Sextant', price: '310.00' })
  expect(added.html).toContain('<h1>Sextant</h1>')
  expect(await pageAt('/shop/')).toContain('Sextant')
})

test('and in the admin', { timeout: 60_000 }, async () => {
  const visitor = new Visitor(() => reader.origin)
  const front = await visitor.send(await visitor.open('/admin/'), reader.account)
  expect([front.status, front.path]).toEqual([200, '/admin/'])
  expect(front.html).toContain('href="/admin/shop/product/"')
  const added = await visitor.send(await visitor.open('/admin/shop/product/add/'), {
    name: 'Orrery',
    price: '1200.00',
    inStock: 'on',
    _save: '1',
  })
  expect([added.status, added.path]).toEqual([200, '/admin/shop/product/'])
  const found = await visitor.open('/admin/shop/product/?q=orr')
  expect(found.html).toContain('Orrery')
  expect(found.html).not.toContain('Sextant')
  const stylesheet = /<link[^>]+href="(\/static\/admin\/[^"]+\.css)"/.exec(front.html)
  expect((await fetch(reader.origin + stylesheet![1])).status).toBe(200)
})

test('the project type-checks; mistakes do not, and are told in terms of the project', {
  timeout: 120_000,
}, async () => {
  await reader.sh('npx tsc --noEmit')
  const text = `
import { HttpResponse, type HttpRequest } from 'nuages/http'
import { path, reverse } from 'nuages/urls'
import { Product } from './models.ts'

export const cheap = Product.objects.filter({ prize__lt: 30 })
export const link = reverse('shop:product-detial', { pk: 1 })
export const urlpatterns = [
  path('<int:pk>/', (_request: HttpRequest, { pk }: { pk: string }) => new HttpResponse(pk)),
]
`
  await reader.follow({ kind: 'write', file: 'shop/wrong.ts', text })
  const told = await reader.sh('npx tsc --noEmit --pretty false || true')
  expect(told).toMatch(/shop\/wrong\.ts.*prize/)
  expect(told).toMatch(/'"shop:product-detial"' is not assignable to parameter of type '"account" \| "admin:add" \|/)
  expect(told).toContain("Type 'number' is not assignable to type 'string'")
  await reader.follow({ kind: 'write', file: 'shop/wrong.ts', text: '' })
})

test('makemigrations finds nothing more to do, and the commands answer', { timeout: 60_000 }, async () => {
  await reader.sh('npm run manage -- makemigrations --check')
  expect(await reader.sh('npm run --silent manage -- showmigrations')).toContain('[x] 0001_initial')
  expect(await reader.sh('npm run --silent manage -- routes')).toContain('shop:product-detail')
  expect(await reader.sh('npm run --silent manage -- help')).toContain('runserver')
  await expect(reader.sh('npm run --silent manage -- migrat')).rejects.toThrow("Did you mean 'migrate'?")
})

test('a command loads few modules: each is part of the time that every start takes', { timeout: 60_000 }, async () => {
  const counter = join(import.meta.dirname, 'walkthrough/count-modules.mjs')
  const told = await reader.sh(`node_modules/.bin/node --import ${counter} manage.ts check 2>&1`)
  const count = Number(/(\d+) modules\n$/.exec(told)?.[1])
  expect(count, told).toBeGreaterThan(100)
  // 280 when this was written. A package that is not bundled, or one more that is loaded at the start, shows.
  expect(count).toBeLessThan(300)
})
