import { defaultMiddleware, defineSettings, type Middleware } from '@nuages/core'
import { messages } from 'nuages/messages'
import { sessions } from 'nuages/sessions'
import { cache } from '../../src/index.ts'

type Sections = Parameters<typeof defineSettings>[0] & { readonly cache?: object }

/** As a proxy does that knows who asks, and says so in a header. */
const remoteUser: Middleware = (request, next) => {
  const name = request.headers.get('X-Remote-User')
  Object.assign(request, { user: { name: name ?? 'nobody', isAuthenticated: name !== undefined } })
  return next(request)
}

/** A project with caches in memory and the views in `urls.ts`, with some of its settings changed. */
export const projectSettings = (changes: Partial<Sections> = {}) =>
  defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    allowedHosts: ['localhost', 'other.example'],
    installedApps: [cache, sessions, messages],
    urlconf: () => import('./urls.ts'),
    databases: { default: 'sqlite:unused.sqlite3' },
    languages: { en: 'English', ko: '한국어' },
    caches: { default: 'memory:', other: 'memory:' },
    templates: { dirs: ['templates'] },
    middleware: [...defaultMiddleware, remoteUser],
    logging: { level: 'silent' },
    ...changes,
  })

export default projectSettings()
