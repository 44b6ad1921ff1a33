import { defineSettings } from '@nuages/core'
import type { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { expectTypeOf } from 'vitest'
import { serveStatic, staticfiles, staticIntegrity, staticUrl } from '../src/index.ts'

// the app's section of the settings is typed once it is installed
const settings = defineSettings({
  baseDir: import.meta.dirname,
  installedApps: [staticfiles],
  staticfiles: { serve: false },
})
expectTypeOf(settings.staticfiles.serve).toEqualTypeOf<boolean>()
expectTypeOf(settings.staticfiles.manifest).toEqualTypeOf<boolean | undefined>()
expectTypeOf(settings.staticfiles.precompress).toEqualTypeOf<('br' | 'zstd' | 'gzip')[]>()

// @ts-expect-error a misspelt key of the section
defineSettings({ baseDir: '/x', installedApps: [staticfiles], staticfiles: { serv: false } })

// it is a view for a pattern with a path
path('assets/<path:path>', serveStatic, 'asset')
// @ts-expect-error without one, it has nothing to serve
path('assets/', serveStatic)

expectTypeOf(serveStatic).returns.toEqualTypeOf<Promise<HttpResponse>>()
expectTypeOf(staticUrl).parameters.toEqualTypeOf<[path: string]>()
expectTypeOf(staticIntegrity).returns.toEqualTypeOf<string | undefined>()
