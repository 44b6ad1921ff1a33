import {
  afterAnswers,
  createApplication,
  defineSettings,
  gotRequestException,
  resetSetup,
  runChecks,
} from '@nuages/core'
import { HttpResponse } from '@nuages/http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { path } from '../../urls/src/index.ts'
import { ErrorQuota } from '../src/error-quota.ts'
import { consoleBackend, mail, mailAdmins, mailManagers, memoryBackend, outbox, SmtpBackend } from '../src/index.ts'
import { project } from './project/project.ts'

const staff = {
  admins: ['Ada <ada@example.com>', 'bob@example.com'],
  managers: ['cy@example.com'],
  serverEmail: 'server@example.com',
}

afterEach(() => resetSetup())

test('admins and managers are written to, by the server', async () => {
  await project({ ...staff, subjectPrefix: '[Site] ' })
  expect(await mailAdmins({ subject: 'Disk full', text: 'at 99 %', html: '<b>at 99 %</b>' })).toBe(1)
  expect(await mailManagers({ subject: 'Broken link' })).toBe(1)
  expect(outbox).toMatchObject([
    { subject: '[Site] Disk full', from: 'server@example.com', to: staff.admins, html: '<b>at 99 %</b>' },
    { subject: '[Site] Broken link', to: staff.managers },
  ])
})

test('where there are none, nothing is sent', async () => {
  await project()
  expect([await mailAdmins({ subject: 'a' }), await mailManagers({ subject: 'b' })]).toEqual([0, 0])
  expect(outbox).toEqual([])
})

describe('an error that becomes a 500', () => {
  const failing = [
    path('boom/', () => {
      throw new TypeError(`nothing is there\r\nBcc: x@evil.example ${'long '.repeat(100)}`)
    }),
    path('other/', async () => {
      throw new Error('another one')
    }),
    path('fine/', () => new HttpResponse('fine')),
  ]

  async function site(section: object = staff, debug = false) {
    await resetSetup()
    outbox.length = 0
    const settings = defineSettings({
      baseDir: import.meta.dirname,
      secretKey: 'of these tests, and long enough for them',
      allowedHosts: ['example.com'],
      logging: { level: 'silent' },
      debug,
      urlconf: async () => ({ urlpatterns: failing }),
      installedApps: [mail],
      mail: section,
    })
    const application = await createApplication(settings)
    return async (pathInfo: string) => {
      let status = ''
      await application(environ(pathInfo) as never, (answer) => {
        status = answer
        return () => {}
      })
      await afterAnswers()
      return status
    }
  }

  const environ = (pathInfo: string) => ({
    REQUEST_METHOD: 'GET',
    SCRIPT_NAME: '',
    PATH_INFO: pathInfo,
    QUERY_STRING: 'page=2&token=very-secret',
    CONTENT_TYPE: '',
    CONTENT_LENGTH: '',
    SERVER_NAME: 'example.com',
    SERVER_PORT: '80',
    SERVER_PROTOCOL: 'HTTP/1.1',
    REMOTE_ADDR: '127.0.0.1',
    HTTP_HOST: 'example.com',
    HTTP_COOKIE: 'sessionid=very-secret; color=blue',
    HTTP_AUTHORIZATION: 'Bearer very-secret',
    'gateway.version': [1, 0],
    'gateway.urlScheme': 'http',
    'gateway.input': (async function* () {})(),
    'gateway.errors': process.stderr,
    'gateway.signal': new AbortController().signal,
  })

  test('is told to the admins, with what happened where, and no secrets', async () => {
    const ask = await site()
    expect(await ask('/boom/')).toMatch(/^500/)
    expect(outbox).toHaveLength(1)
    const [message] = outbox
    expect(message!.to).toEqual(staff.admins)
    expect(message!.subject).toMatch(
      /^\[Nuages\] ERROR GET \/boom\/: TypeError: nothing is there Bcc: x@evil\.example long/,
    )
    expect(message!.subject.length).toBeLessThan(220)
    expect(message!.text).toContain('TypeError at GET /boom/')
    expect(message!.text).toContain('mail-admins.test.ts')
    expect(message!.text).toContain('color: blue')
    expect(message!.text).not.toContain('very-secret')
    expect(message!.text).not.toContain('debug is on')
  })

  test('is told once, however often it comes, and another one is told as well', async () => {
    const ask = await site()
    for (let time = 0; time < 20; time++) await ask('/boom/')
    await ask('/other/')
    await ask('/fine/')
    await ask('/nowhere/')
    expect(outbox.map(({ subject }) => subject.slice(9, 30))).toEqual([
      'ERROR GET /boom/: Typ',
      'ERROR GET /other/: Er',
    ])
  })

  test('is told to nobody in development, where there are no admins, or where the quota is none', async () => {
    for (const ask of [await site(staff, true), await site({}), await site({ ...staff, errorMailsPerHour: 0 })]) {
      expect(await ask('/boom/')).toMatch(/^500/)
    }
    expect(outbox).toEqual([])
    await site({})
    expect(gotRequestException.hasReceivers).toBe(false)
  })

  test('is no other error where mail fails', async () => {
    const backend = () => ({
      sendMessages: async () => {
        throw new Error('no mail today')
      },
    })
    const ask = await site({ ...staff, backend })
    expect(await ask('/boom/')).toMatch(/^500/)
  })
})

describe('the quota of errors', () => {
  const minute = 60_000

  test('is one of a kind in ten minutes, and says how many came since', () => {
    const quota = new ErrorQuota()
    expect(quota.admit('a', 5, 0)).toEqual({ more: 0 })
    for (let time = 1; time < 8; time++) expect(quota.admit('a', 5, time * minute)).toBeUndefined()
    expect(quota.admit('a', 5, 10 * minute)).toEqual({ more: 7 })
  })

  test('is so many in an hour, of whatever kind', () => {
    const quota = new ErrorQuota()
    const admitted = Array.from({ length: 1000 }, (_, index) => quota.admit(`kind ${index}`, 3, index)).filter(Boolean)
    expect(admitted).toHaveLength(3)
    expect(quota.admit('late', 3, 59 * minute)).toBeUndefined()
    expect(quota.admit('late', 3, 61 * minute)).toEqual({ more: 0 })
  })
})

describe('checks before deployment', () => {
  beforeEach(() => resetSetup())

  const found = async (section: object) => {
    await project(section)
    return (await runChecks({ tags: ['mail'], deploy: true })).map(({ id }) => id)
  }

  test('say what keeps mail from arriving', async () => {
    expect(await found({ url: 'console:' })).toEqual(['mail.W001', 'mail.W003', 'mail.W003'])
    const own = { defaultFromEmail: 'site@example.com', serverEmail: 'Server <server@example.com>' }
    expect(await found({ ...own, url: 'smtp://user:word@mail.example.com', starttls: 'never' })).toEqual(['mail.W002'])
    expect(await found({ ...own, url: 'smtp://user:word@mail.example.com:587' })).toEqual([])
    for (const backend of [memoryBackend, consoleBackend]) {
      await resetSetup()
      expect(await found({ ...own, backend })).toEqual(['mail.W001'])
    }
    await resetSetup()
    expect(await found({ ...own, backend: () => new SmtpBackend('smtp://mail.example.com', { timeout: 1 }) })).toEqual(
      [],
    )
  })
})
