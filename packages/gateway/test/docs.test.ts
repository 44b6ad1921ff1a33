import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { RequestError } from '../src/index.ts'

const docs = join(import.meta.dirname, '../../../docs')
const index = pathToFileURL(join(import.meta.dirname, '../src/index.ts')).href

/** The first program of a page, on a free port, importing the sources. */
function firstProgram(page: string): string {
  const [, program = ''] = /```ts[^\n]*\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8')) ?? []
  return program.replace(/'(?:nuages|@nuages)\/gateway'/, `'${index}'`).replace('8000', '0')
}

test('the first program of docs/gateway.md runs, answers and stops', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-docs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'hello.ts')
  writeFileSync(file, firstProgram(join(docs, 'gateway.md')))
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = await once(child.stdout, 'data')
  expect(await (await fetch(`${String(url).trim()}/caf%C3%A9`)).text()).toBe('Hello from /café\n')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('docs/gateway.md names every code of RequestError', () => {
  const page = readFileSync(join(docs, 'gateway.md'), 'utf8')
  const [, , codes = ''] = (page.split('\n').find((line) => line.startsWith('| `RequestError`')) ?? '').split('|')
  const named = [...codes.matchAll(/`([a-z-]+)`/g)].map((match) => match[1] as RequestError['code'])
  expect(named).toHaveLength(6)
  for (const code of named) expect(new RequestError(code).message).not.toContain('undefined')
})

test('docs/deployment/README.md tells the defaults that hold', async () => {
  const page = readFileSync(join(docs, 'deployment/README.md'), 'utf8')
  const { completeOptions } = await import('../src/node/server-options.ts')
  const units: Record<string, number> = { KiB: 1024, MiB: 1024 ** 2, s: 1000, min: 60_000 }
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) (KiB|MiB|s|min) \|/gm)]
  expect(rows).toHaveLength(7)
  const defaults: Record<string, unknown> = { ...completeOptions({}) }
  for (const [, name, number, unit] of rows)
    expect([name, defaults[name!]]).toEqual([name, Number(number) * units[unit!]!])
})
