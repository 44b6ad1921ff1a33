import { fromSettings, type Settings } from '@nuages/core'
import { z } from 'zod'
import type { KeyFunction } from './cache-keys.ts'

const seconds = z.number({ error: 'is no number of seconds' }).nonnegative()

/** The section `cache` of the settings: what the URLs of `caches` cannot say. */
export const cacheSettings = z.strictObject({
  /** Makes keys of keys, for every cache. Django's `KEY_FUNCTION`. */
  keyFunction: z
    .custom<KeyFunction>((value) => typeof value === 'function', {
      error: 'is no function (key, prefix, version, alias) => key',
    })
    .optional(),
  /** The cache that `cacheMiddleware` and `cachePage` keep pages in. Django's `CACHE_MIDDLEWARE_ALIAS`. */
  pageAlias: z.string().min(1).default('default'),
  /** Seconds that `cacheMiddleware` keeps a page. Django's `CACHE_MIDDLEWARE_SECONDS`. */
  pageTimeout: seconds.default(600),
  /** Stands in the keys of pages: sites that share a cache each have one. Django's `CACHE_MIDDLEWARE_KEY_PREFIX`. */
  pagePrefix: z.string().default(''),
  /** The cache of `{% cache %}`, where there is one of that name; else `default`. Django's `'template_fragments'`. */
  fragmentAlias: z.string().min(1).default('template_fragments'),
})

/** The section `cache` of the settings, with its defaults. */
export type CacheSettings = z.output<typeof cacheSettings>

const defaults = cacheSettings.parse({})

/** The section of a project; its defaults where the app `cache` is not installed. */
export function cacheSection(settings: Settings): CacheSettings {
  return (settings as Settings & { readonly cache?: CacheSettings }).cache ?? defaults
}

/** The section of the project that is running. */
export const cachePolicy: () => CacheSettings = fromSettings(cacheSection)
