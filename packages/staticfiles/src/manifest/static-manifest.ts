import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { z } from 'zod'
import { StaticManifestError } from '../errors.ts'

/** Its name in `staticRoot`, as Django has it. */
export const manifestName = 'staticfiles.json'

/** Which name each static file has with the hash of its content: Django's `staticfiles.json`. */
export interface StaticManifest {
  /** `'blog/site.css'` → `'blog/site.55e7cbb9ba48.css'`. */
  readonly paths: Readonly<Record<string, string>>
  /** The digest of scripts and style sheets under their hashed names, as the attribute `integrity` takes it. */
  readonly integrity: Readonly<Record<string, string>>
  /** Changes when any of the files does. */
  readonly hash: string
}

const schema = z.object({
  version: z.enum(['1.0', '1.1']),
  paths: z.record(z.string(), z.string()),
  integrity: z.record(z.string(), z.string()).default({}),
  hash: z.string().default(''),
})

/** The first digits of the SHA-256 of some content: enough that no two versions of a file share them. */
export function contentHash(content: string | Uint8Array): string {
  return shortened(hash('sha256', content))
}

/** As much of a SHA-256 in hexadecimal digits as a name has. */
export function shortened(digest: string): string {
  return digest.slice(0, 12)
}

/** `'blog/site.css'` with its hash: `'blog/site.55e7cbb9ba48.css'`. */
export function hashedName(path: string, digest: string): string {
  const extension = posix.extname(path)
  return `${path.slice(0, path.length - extension.length)}.${digest}${extension}`
}

/** The text of a manifest. It is the same for the same files, in whatever order they were found. */
export function manifestText(paths: ReadonlyMap<string, string>, integrity: ReadonlyMap<string, string>): string {
  const sorted = (map: ReadonlyMap<string, string>): Record<string, string> =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
  const named = sorted(paths)
  const content = { paths: named, version: '1.1', hash: contentHash(JSON.stringify(Object.entries(named))) }
  return `${JSON.stringify({ ...content, integrity: sorted(integrity) }, null, 2)}\n`
}

/** The manifest of the folder `root`, if it has one. Throws `StaticManifestError` for a file that is none. */
export function readManifest(root: string): StaticManifest | undefined {
  const file = join(root, manifestName)
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message
    throw new StaticManifestError(`'${file}' cannot be read as a manifest of static files: ${reason}`, {
      cause,
      hint: 'Run collectstatic again.',
    })
  }
}
