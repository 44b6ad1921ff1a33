import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const project = resolve(import.meta.dirname, '../..')

const production = {
  DEBUG: 'false',
  HTTPS: 'true',
  HSTS_SECONDS: '31536000',
  SECRET_KEY: crypto.randomUUID() + crypto.randomUUID(),
  ALLOWED_HOSTS: 'example.com',
  TRUSTED_PROXIES: 'unix',
  DATABASE_URL: 'sqlite:/nowhere/site.sqlite3',
  CACHE_URL: 'redis://127.0.0.1:6379/0',
  MAIL_URL: 'smtp://mail.example.com',
  MAIL_FROM: 'Example <site@example.com>',
}

let folder: string

async function manage(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const env = { ...process.env, NODE_ENV: 'production', STATIC_ROOT: join(folder, 'static'), ...environment }
  const { stdout, stderr } = await run(process.execPath, ['manage.ts', ...args], { cwd: project, env })
  return stdout + stderr
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starter-deploy-'))
  await manage(production, 'collectstatic')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('with the environment that .env.example tells of, there is nothing to say before it goes online', async () => {
  expect(await manage(production, 'check', '--deploy')).toBe('The system checks found nothing.\n')
})

test('what is left as in development is named', async () => {
  const development = { ...production, HTTPS: 'false', MAIL_FROM: '', STATIC_ROOT: join(folder, 'nothing') }
  const said = await manage(development, 'check', '--deploy')
  for (const id of ['security.W004', 'security.W008', 'mail.W003', 'staticfiles.W900']) expect(said).toContain(id)
})

test('browsers are held to HTTPS for an hour until the environment says more, which is said', async () => {
  const said = await manage({ ...production, HSTS_SECONDS: '' }, 'check', '--deploy')
  expect(said).toMatch(/^INFO \(security\.N024\) secureHstsSeconds is 3600: [^\n]+\n[^\n]+\n1 finding\.\n$/)
})

test('HTTPS without a proxy that is believed would redirect for ever', async () => {
  const said = await manage({ ...production, TRUSTED_PROXIES: '' }, 'check', '--deploy')
  expect(said).toContain('security.N023')
})
