import { spawn } from 'node:child_process'
import { join } from 'node:path'

export { withoutDjango } from '../../../orm/test/serialization/django/real-django.ts'

/** Runs a script beside this file with Debian's Python, which has Django; what goes in and out is JSON. */
export function askDjango(script: string, question: unknown, ...words: readonly string[]): Promise<unknown> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' }
  const python = spawn('/usr/bin/python3', [join(import.meta.dirname, script), ...words], { env })
  python.stdin.end(JSON.stringify(question))
  let out = ''
  let problem = ''
  python.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  python.stderr.setEncoding('utf8').on('data', (text: string) => {
    problem += text
  })
  return new Promise((resolve, reject) => {
    python.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out))
      else reject(new Error(`${script} failed:\n${problem}`))
    })
  })
}

/** A database as Django's settings name it. */
export function djangoDatabase(url: string): string {
  if (url.startsWith('sqlite:')) {
    return JSON.stringify({ ENGINE: 'django.db.backends.sqlite3', NAME: url.slice('sqlite:'.length) })
  }
  const { hostname, port, username, password, pathname } = new URL(url)
  return JSON.stringify({
    ENGINE: 'django.db.backends.postgresql',
    NAME: decodeURIComponent(pathname.slice(1)),
    HOST: hostname,
    PORT: port,
    USER: decodeURIComponent(username),
    PASSWORD: decodeURIComponent(password),
  })
}
