import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defaultMiddleware, defineApp, defineSettings, SettingsError, type SettingsInput } from '../../src/index.ts'

const baseDir = import.meta.dirname

function problemsOf(input: object): readonly string[] {
  try {
    defineSettings({ baseDir, debug: true, ...input } as SettingsInput)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map(({ message }) => message)
    throw error
  }
  return []
}

describe('defineSettings', () => {
  test('fills in the defaults and freezes all of it', () => {
    const settings = defineSettings({ baseDir, debug: true })
    expect(settings).toMatchObject({
      allowedHosts: [],
      appendSlash: true,
      staticUrl: '/static/',
      timeZone: 'UTC',
      templates: { dirs: [], contextProcessors: [] },
      xFrameOptions: 'DENY',
    })
    expect(settings.middleware).toBe(defaultMiddleware)
    expect(() => Object.assign(settings, { debug: false })).toThrow(TypeError)
    expect(() => (settings.templates.dirs as string[]).push('x')).toThrow(TypeError)
  })

  test('takes paths from baseDir', () => {
    const settings = defineSettings({
      baseDir,
      debug: true,
      templates: { dirs: ['t', '/abs'] },
      staticDirs: ['s'],
      fixtureDirs: ['f'],
    })
    expect(settings.templates.dirs).toEqual([`${baseDir}/t`, '/abs'])
    expect(settings.staticDirs).toEqual([`${baseDir}/s`])
    expect(settings.fixtureDirs).toEqual([`${baseDir}/f`])
  })

  test('names the nearest setting to one that does not exist', () => {
    expect(problemsOf({ allowedHost: ['x'] })).toEqual([
      "there is no setting 'allowedHost'. Did you mean 'allowedHosts'?",
    ])
    expect(problemsOf({ zzz: 1 })).toEqual(["there is no setting 'zzz'. The project's own settings go under 'custom'."])
    expect(problemsOf({ templates: { dir: [] } })).toEqual([
      "there is no setting 'dir' in templates. Did you mean 'dirs'? It has: dirs, contextProcessors.",
    ])
  })

  test.each([
    [{ debug: 'yes' }, "debug is 'yes'; it takes true or false."],
    [
      { allowedHosts: ['a', 5] },
      "allowedHosts[1] is 5; allowedHosts takes an array of host names ('example.com', '.example.com', '*').",
    ],
    [
      { timeZone: 'Mars/Olympus' },
      "timeZone is 'Mars/Olympus'; it takes the IANA name of a time zone ('Europe/Zurich', 'UTC').",
    ],
    [
      { installedApps: ['blog'] },
      "installedApps[0] is 'blog'; installedApps takes an array of apps, each made by defineApp.",
    ],
    [
      { databaseRouters: [{ dbForRead: () => 'default' }, { read: 'default' }] },
      "databaseRouters[1] is { read: 'default' }; databaseRouters takes an array of database routers, objects with dbForRead, dbForWrite, allowRelation or allowMigrate.",
    ],
    [
      { urlconf: './urls.ts' },
      "urlconf is './urls.ts'; it takes a function that imports the module of urlpatterns: () => import('./urls.ts').",
    ],
    [
      { staticUrl: 'static' },
      "staticUrl is 'static'; it takes a path with slashes around it ('/static/') or a URL that ends with one ('https://cdn.example.com/').",
    ],
    [{ languageCode: 'not a tag' }, "languageCode is 'not a tag'; it takes a language tag ('en', 'de-CH')."],
    [{ secureHstsSeconds: -1 }, 'secureHstsSeconds is -1; it takes a whole number of seconds.'],
    [
      { logging: { level: 'loud' } },
      "logging.level is 'loud'; it takes one of trace, debug, info, warn, error, fatal, silent.",
    ],
    [
      { baseDir: 'relative' },
      "baseDir is 'relative'; it takes the project's folder as an absolute path (import.meta.dirname).",
    ],
  ])('%o is refused with what it takes', (input, message) => {
    expect(problemsOf(input)).toEqual([message])
  })

  test('tells all problems at once', () => {
    expect(problemsOf({ debug: 1, timeZone: 5, alowedHosts: [] })).toHaveLength(3)
  })

  test('the key of a production site is there and strong; the error does not show it', () => {
    for (const secretKey of ['', 'short-but-secret', 'a'.repeat(60)]) {
      const [problem, ...others] = problemsOf({ debug: false, secretKey })
      expect(others).toEqual([])
      expect(problem).toContain('secretKey ')
      expect(problem).toContain('set SECRET_KEY in the environment')
      if (secretKey !== '') expect(problem).not.toContain(secretKey)
    }
    expect(problemsOf({ debug: false, secretKey: 5 }).join()).toContain('secretKey is a number')
    expect(problemsOf({ debug: false, secretKey: 'x8Yt-qqP1-0aZm-77Lk-VbN3-ert5-Uio0' })).toEqual([])
  })

  test('in debug a missing key is derived: stable here, and refused in production', () => {
    const { secretKey } = defineSettings({ baseDir, debug: true })
    expect(defineSettings({ baseDir, debug: true }).secretKey).toBe(secretKey)
    expect(defineSettings({ baseDir: '/', debug: true }).secretKey).not.toBe(secretKey)
    expect(problemsOf({ debug: false, secretKey })).toHaveLength(1)
  })
})

describe('settings of apps', () => {
  const blog = defineApp({
    name: 'blog',
    dir: baseDir,
    settings: z.strictObject({ pageSize: z.number().default(10), title: z.string() }),
  })

  test('are validated by the schema of the app, under its name', () => {
    const settings = defineSettings({ baseDir, debug: true, installedApps: [blog], blog: { title: 'News' } })
    expect(settings.blog).toEqual({ pageSize: 10, title: 'News' })
    expect(problemsOf({ installedApps: [blog], blog: { title: 5 } })[0]).toContain('blog.title is 5')
    expect(problemsOf({ installedApps: [blog] })[0]).toContain('blog.title is not set')
    expect(problemsOf({ installedApps: [blog], blog: { title: 'x', pagesize: 1 } })[0]).toContain("'pagesize' in blog")
    expect(problemsOf({ blog: { title: 'News' } })[0]).toContain("there is no setting 'blog'")
  })

  test("may not take the name of one of the framework's", () => {
    const app = defineApp({ name: 'templates', dir: baseDir, settings: z.object({}) })
    expect(problemsOf({ installedApps: [app] })).toEqual([
      "app 'templates' declares settings, but 'templates' is a setting of the framework. Rename the app.",
    ])
  })

  test('custom is kept as it is', () => {
    expect(defineSettings({ baseDir, debug: true, custom: { brand: { name: 'x' } } }).custom.brand.name).toBe('x')
  })
})
