import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { vendor } from '../../temporary-database.ts'

/** Debian's Python, for which its packages python3-django and python3-psycopg2 are installed. */
const python = '/usr/bin/python3'
const needed = vendor === 'postgresql' ? 'import django, psycopg2' : 'import django'

/** Whether Django cannot be asked; never said where CI runs, so that its tests fail there rather than be skipped. */
export const withoutDjango = process.env.CI !== 'true' && spawnSync(python, ['-c', needed]).status !== 0

/** Runs a command of Django on the database of that URL; gives what it wrote. */
export function django(url: string, apps: readonly string[], ...words: readonly string[]): Promise<string> {
  const script = join(import.meta.dirname, 'django_manage.py')
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' }
  return new Promise((resolve, reject) => {
    execFile(
      python,
      [script, JSON.stringify(settingsOf(url)), apps.join(','), ...words],
      { env, maxBuffer: 2 ** 28 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`Django's ${words[0]} failed:\n${stderr}`))
        else resolve(stdout)
      },
    )
  })
}

function settingsOf(url: string): object {
  if (url.startsWith('sqlite:')) return { ENGINE: 'django.db.backends.sqlite3', NAME: url.slice('sqlite:'.length) }
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    ENGINE: 'django.db.backends.postgresql',
    NAME: decodeURIComponent(pathname.slice(1)),
    HOST: hostname,
    PORT: port,
    USER: decodeURIComponent(username),
    PASSWORD: decodeURIComponent(password),
  }
}
