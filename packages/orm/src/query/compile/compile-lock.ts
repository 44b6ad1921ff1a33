import { FieldError } from '../../errors.ts'
import { type Fragment, fragment } from '../fragment.ts'
import type { LockRequest } from '../query.ts'
import type { CompileContext } from './compile-context.ts'
import { joinSteps } from './join-step.ts'

/** The clause that locks the rows of a SELECT. */
export function compileLock(context: CompileContext, { of, locked, noKey }: LockRequest): Fragment {
  const aliases = of.map((path) => context.operations.quote(aliasOf(context, path)))
  return fragment(context.operations.lock({ of: aliases, locked, noKey }))
}

/** The table that a path of `selectRelated` joins; `'self'` is the query's own. */
function aliasOf({ query, joins }: CompileContext, path: string): string {
  let alias = joins.base
  if (path === 'self') return alias
  let { meta } = query
  let tree = query.related
  for (const name of path.split('__')) {
    const below = tree[name]
    if (below === undefined) {
      const choices = ['self', ...Object.keys(query.related)].join(', ')
      throw new FieldError(
        `selectForUpdate({ of: ['${path}'] }) names no relation that selectRelated follows. Choices: ${choices}.`,
      )
    }
    const [step] = joinSteps(meta.relation(name)!)
    alias = joins.join(alias, step!)
    meta = step!.to
    tree = below
  }
  return alias
}
