import { join } from 'node:path'
import { fromSettings } from '@nuages/core'
import { didYouMean } from '@nuages/foundation'
import { StaticManifestError } from '../errors.ts'
import { staticfilesSection } from '../staticfiles-settings.ts'
import { manifestName, readManifest, type StaticManifest } from './static-manifest.ts'

/** The manifest that a project goes by. */
export interface ActiveManifest extends StaticManifest {
  /** The folder that it and its files are in. */
  readonly root: string
  /** Whether a path that is not in it is an error. */
  readonly isStrict: boolean
}

/**
 * What `collectstatic` wrote into `staticRoot`; nothing while `debug` is on, or where it has not run. Read once: a new
 * collection is picked up by the processes that start after it. Throws `StaticManifestError` where it is broken, or is not
 * there and `staticfiles.manifest` is true.
 */
export const activeManifest: () => ActiveManifest | undefined = fromSettings((settings) => {
  const { manifest: wanted, manifestStrict } = staticfilesSection(settings)
  const { debug, staticRoot: root } = settings
  if (debug || wanted === false) return undefined
  const manifest = root === undefined ? undefined : readManifest(root)
  if (manifest !== undefined) return { ...manifest, root: root!, isStrict: manifestStrict }
  if (wanted === undefined) return undefined
  const where = root === undefined ? 'staticRoot is not set' : `there is no '${join(root, manifestName)}'`
  throw new StaticManifestError(`staticfiles.manifest is true, and ${where}.`, {
    hint: "Set staticRoot, and run collectstatic before the site is served: 'node manage.ts collectstatic'.",
  })
})

/**
 * The name that a path has by the manifest; the path itself where there is none. Throws `StaticManifestError` for a path that
 * is not in it. Django's `stored_name`.
 */
export function nameInManifest(path: string): string {
  const manifest = activeManifest()
  if (manifest === undefined) return path
  if (Object.hasOwn(manifest.paths, path)) return manifest.paths[path]!
  // A folder stands for what is in it, and has no hash.
  if (!manifest.isStrict || path.endsWith('/')) return path
  const file = join(manifest.root, manifestName)
  throw new StaticManifestError(
    `The static file '${path}' is not in '${file}'.${didYouMean(path, Object.keys(manifest.paths))}`,
    {
      hint: 'Run collectstatic again if the file is new; staticfiles: { manifestStrict: false } gives such files their plain names.',
    },
  )
}
