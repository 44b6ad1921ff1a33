import { fromSettings, type Settings } from '@nuages/core'
import { z } from 'zod'

/** The section `staticfiles` of the settings. */
export const staticfilesSettings = z.strictObject({
  /** Whether the application serves static files itself; `false` where a server in front of it does. */
  serve: z.boolean().default(true),
  /** Whether the application serves uploaded files below `mediaUrl`; left out, while `debug` is on. */
  serveMedia: z.boolean().optional(),
  /** Seconds that browsers keep a file whose name has no hash without asking, while `debug` is off. */
  maxAge: z.int().nonnegative().default(3600),
  /** Whether URLs have the hashed names of the manifest while `debug` is off; left out, where `collectstatic` made one. */
  manifest: z.boolean().optional(),
  /** Whether a path that is not in the manifest is an error, rather than served under its plain name. */
  manifestStrict: z.boolean().default(true),
  /** Whether `collectstatic` fails where a style sheet or script refers to a static file that is not there. */
  strictReferences: z.boolean().default(true),
  /** What `collectstatic` compresses ahead of time. */
  precompress: z.array(z.enum(['br', 'zstd', 'gzip'])).default(['br', 'zstd', 'gzip']),
})

export type StaticfilesSettings = z.output<typeof staticfilesSettings>

/** The section of the app in a project's settings; its defaults where the app is not installed, and only links are made. */
export function staticfilesSection(settings: Settings): StaticfilesSettings {
  const { staticfiles } = settings as Settings & { readonly staticfiles?: StaticfilesSettings }
  return staticfiles ?? staticfilesSettings.parse({})
}

/** What the section says, and what it leads to. */
export interface ServingPolicy {
  /** The path that static files are served below; none where they are not. */
  readonly prefix: string | undefined
  /** The path that uploaded files are served below; none where they are not. */
  readonly mediaPrefix: string | undefined
  readonly cacheControl: string
}

export const servingPolicy: () => ServingPolicy = fromSettings((settings) => {
  const { debug, staticUrl, mediaUrl } = settings
  const { serve, serveMedia = debug, maxAge } = staticfilesSection(settings)
  return {
    // a whole URL is another server's
    prefix: serve && staticUrl.startsWith('/') ? staticUrl : undefined,
    mediaPrefix: serveMedia && mediaUrl.startsWith('/') ? mediaUrl : undefined,
    cacheControl: debug || maxAge === 0 ? 'no-cache' : `public, max-age=${maxAge}`,
  }
})
