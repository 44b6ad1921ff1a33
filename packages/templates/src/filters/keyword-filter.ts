import nunjucks from 'nunjucks'
import type { FilterThis } from '../engine.ts'

type Body = (this: FilterThis, ...args: unknown[]) => unknown

const runtime = nunjucks.runtime as unknown as {
  makeMacro(names: readonly string[], defaults: readonly string[], body: Body): Body
}

/** A filter whose arguments may be given by name: `{{ rows | sort(attribute='name') }}`. */
export function withKeywords(names: readonly string[], body: Body): Body {
  return runtime.makeMacro(names, [], body)
}
