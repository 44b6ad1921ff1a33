import { settings } from '@nuages/core'
import { html, type SafeString } from '@nuages/templates'
import { activeManifest, nameInManifest } from './manifest/active-manifest.ts'

/**
 * The digest that a page may insist on for a script or style sheet (Subresource Integrity): `'sha384-…'`. Nothing while there
 * is no manifest, and for other kinds of files. Throws `StaticManifestError` as `staticUrl` does.
 */
export function staticIntegrity(path: string): string | undefined {
  return activeManifest()?.integrity[nameInManifest(path)]
}

/** The same as attributes of a tag. Another server's file must be asked for with CORS, or no browser checks it. */
export function integrityAttributes(path: string): SafeString | '' {
  const digest = staticIntegrity(path)
  if (digest === undefined) return ''
  return settings.staticUrl.startsWith('/')
    ? html`integrity="${digest}"`
    : html`integrity="${digest}" crossorigin="anonymous"`
}
