import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import { type ActiveSettings, defineApp, defineSettings, type Settings, settings } from '../../src/index.ts'

const blog = defineApp({ name: 'blog', dir: '/', settings: z.object({ pageSize: z.number().default(10) }) })
const shop = defineApp({ name: 'shop', dir: '/' })

const defined = defineSettings({
  baseDir: '/',
  debug: true,
  installedApps: [blog, shop],
  blog: { pageSize: 20 },
  custom: { brand: 'x' },
})
expectTypeOf(defined).toExtend<Settings>()
expectTypeOf(defined.blog.pageSize).toEqualTypeOf<number>()
expectTypeOf(defined.custom.brand).toExtend<string>()

// @ts-expect-error there is no such setting
defineSettings({ baseDir: '/', debgu: true })
// @ts-expect-error a wrong type
defineSettings({ baseDir: '/', debug: 'yes' })
// @ts-expect-error an app's section is typed by its schema
defineSettings({ baseDir: '/', installedApps: [blog], blog: { pageSize: 'many' } })
// @ts-expect-error an app without settings has no section
defineSettings({ baseDir: '/', installedApps: [shop], shop: {} })
// @ts-expect-error settings are read only
defined.debug = false

// Before a project registers its own, the active settings are the framework's.
expectTypeOf(settings).toEqualTypeOf<ActiveSettings>()
expectTypeOf<ActiveSettings>().toEqualTypeOf<Settings>()
