import { fromSettings, type Settings } from '@nuages/core'
import { z } from 'zod'

/** The section `staticfiles` of the settings. */
export const staticfilesSettings = z.strictObject({
  /** Whether the application serves static files itself; `false` where a server in front of it does. */
  serve: z.boolean().default(true),
  /** Whether the application serves uploaded files below `mediaUrl` while `debug` is on. */
  serveMedia: z.boolean().default(true),
  /** Seconds that browsers keep a file without asking, while `debug` is off. */
  maxAge: z.int().nonnegative().default(3600),
})

export type StaticfilesSettings = z.output<typeof staticfilesSettings>

/** What the section says, and what it leads to. */
export interface ServingPolicy {
  /** The path that static files are served below; none where they are not. */
  readonly prefix: string | undefined
  /** The path that uploaded files are served below; none where they are not. */
  readonly mediaPrefix: string | undefined
  readonly cacheControl: string
}

export const servingPolicy: () => ServingPolicy = fromSettings((settings) => {
  const { serve, serveMedia, maxAge } = (settings as Settings & { readonly staticfiles: StaticfilesSettings })
    .staticfiles
  return {
    // a whole URL is another server's
    prefix: serve && settings.staticUrl.startsWith('/') ? settings.staticUrl : undefined,
    mediaPrefix: serveMedia && settings.debug && settings.mediaUrl.startsWith('/') ? settings.mediaUrl : undefined,
    cacheControl: settings.debug || maxAge === 0 ? 'no-cache' : `public, max-age=${maxAge}`,
  }
})
