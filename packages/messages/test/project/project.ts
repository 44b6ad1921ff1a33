import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApplication, defineSettings, renderTemplate, resetSetup, type SettingsInput } from '@nuages/core'
import { type HttpRequest, HttpResponse, HttpResponseSeeOther, JsonResponse } from '@nuages/http'
import { Session, sessions } from '@nuages/sessions'
import { markSafe } from '@nuages/templates'
import { Client, type ClientOptions } from '@nuages/testing'
import { migrate } from 'nuages/orm/migrations'
import { path } from 'nuages/urls'
import { type Level, type MessagesSettings, messages } from '../../src/index.ts'

interface Said {
  readonly text: string
  readonly level?: Level
  readonly extraTags?: string
  readonly safe?: boolean
}

/** What a test lets happen while a page is made. */
export const meanwhile: { run: (() => Promise<unknown>) | undefined } = { run: undefined }

/** Says what the body lists, and sends on. */
async function say(request: HttpRequest): Promise<HttpResponse> {
  for (const { text, level = 'success', safe, ...options } of (await request.json()) as Said[]) {
    messages.add(request, level, safe ? markSafe(text) : text, options)
  }
  return new HttpResponseSeeOther('/page/')
}

const template = (name: string) => async (request: HttpRequest) => {
  await meanwhile.run?.()
  return new HttpResponse(await renderTemplate(name, {}, request))
}

export const urlpatterns = [
  path('', () => new HttpResponse('untouched')),
  path('say/', say),
  path('page/', template('page.html')),
  path('asks/', template('asks.html')),
  path('quiet/', template('quiet.html')),
  path('included/', template('included.html')),
  path('framed/', template('framed.html')),
  path('now/', async (request) => {
    messages.warning(request, 'At once')
    return template('page.html')(request)
  }),
  path('list/', async (request) => {
    const list = await messages.get(request)
    return new JsonResponse([...list].map(({ level, tags, message }) => [level, tags, String(message)]))
  }),
  path('first/', async (request) => {
    await renderTemplate('page.html', {}, request)
    messages.info(request, 'After the page')
    return new HttpResponse('first')
  }),
  path('fails/', async (request) => {
    await renderTemplate('page.html', {}, request)
    throw new Error('after the page was made')
  }),
  path('loud/', (request) => {
    messages.setLevel(request, 'debug')
    messages.debug(request, 'detail')
    messages.setLevel(request, null)
    messages.debug(request, 'dropped')
    return new JsonResponse(messages.getLevel(request))
  }),
]

interface Changes {
  readonly withSessions?: boolean
  readonly messages?: Partial<MessagesSettings>
  readonly sessions?: object
  readonly settings?: Partial<SettingsInput>
  readonly client?: ClientOptions
}

let folder: string | undefined

/** A visitor of a project with messages, and with sessions unless told otherwise. */
export async function visitor(changes: Changes = {}): Promise<Client> {
  const common = {
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    allowedHosts: ['localhost'],
    urlconf: async () => ({ urlpatterns }),
    templates: { dirs: ['templates'] },
    logging: { level: 'silent' as const },
    messages: changes.messages ?? {},
    ...changes.settings,
  }
  await closeProject()
  if (changes.withSessions === false) {
    return new Client(await createApplication(defineSettings({ ...common, installedApps: [messages] })), changes.client)
  }
  folder = mkdtempSync(join(tmpdir(), 'nuages-messages-'))
  const databases = { default: `sqlite:${join(folder, 'db.sqlite3')}` }
  const application = await createApplication(
    defineSettings({
      ...common,
      databases,
      installedApps: [sessions, messages],
      sessions: { filePath: join(folder, 'sessions'), ...changes.sessions },
    }),
  )
  await migrate({ apps: [{ label: 'sessions', models: [Session], migrationsDir: join(sessions.dir, 'migrations') }] })
  return new Client(application, changes.client)
}

export async function closeProject(): Promise<void> {
  await resetSetup()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  folder = undefined
}
