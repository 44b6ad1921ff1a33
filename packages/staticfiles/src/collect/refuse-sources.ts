import { sep } from 'node:path'
import { settings } from '@nuages/core'
import { StaticRootError } from '../errors.ts'
import { staticSources } from '../static-source.ts'

/**
 * Throws `StaticRootError` for a root that holds sources, which would lose them to `clear`, or is inside one, which would
 * collect it, ever deeper.
 */
export function refuseSources(root: string): void {
  const sources = staticSources()
  const inside = [{ dir: settings.baseDir, owner: 'the project' }, ...sources].find(({ dir }) => holds(root, dir))
  const around = sources.find(({ dir }) => holds(dir, root))
  const source = inside ?? around
  if (source === undefined) return
  const relation = source === inside ? 'which holds' : 'which is inside'
  throw new StaticRootError(`staticRoot is '${root}', ${relation} '${source.dir}' of ${source.owner}.`, {
    hint: "Collect into a folder of its own, such as staticRoot: 'collected-static'.",
  })
}

function holds(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep)
}
