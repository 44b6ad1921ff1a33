import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const project = resolve(import.meta.dirname, '../..')

const production = {
  DEBUG: 'false',
  HTTPS: 'true',
  SECRET_KEY: crypto.randomUUID() + crypto.randomUUID(),
  ALLOWED_HOSTS: 'example.com',
  TRUSTED_PROXIES: 'unix',
  DATABASE_URL: 'sqlite:/nowhere/site.sqlite3',
  CACHE_URL: 'redis://127.0.0.1:6379/0',
  MAIL_URL: 'smtp://mail.example.com',
  MAIL_FROM: 'Example <site@example.com>',
}

async function check(environment: Readonly<Record<string, string>>): Promise<string> {
  const env = { ...process.env, NODE_ENV: 'production', ...environment }
  const { stdout, stderr } = await run(process.execPath, ['manage.ts', 'check', '--deploy'], { cwd: project, env })
  return stdout + stderr
}

test('with the environment that .env.example tells of, there is nothing to say before it goes online', async () => {
  expect(await check(production)).toBe('The system checks found nothing.\n')
})

test('what is left as in development is named', async () => {
  const said = await check({ ...production, HTTPS: 'false', MAIL_FROM: '' })
  for (const id of ['security.W004', 'security.W008', 'mail.W003']) expect(said).toContain(id)
})
