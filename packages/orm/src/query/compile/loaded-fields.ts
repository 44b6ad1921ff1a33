import { FieldError } from '../../errors.ts'
import type { Field } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { Deferral } from '../query.ts'

/** The columns of a model that rows have, where `defer` or `only` left some out. The key is always among them. */
export function loadedFields(
  deferral: Deferral | undefined,
  meta: ModelMeta,
  path: string,
): readonly Field[] | undefined {
  if (!deferral) return undefined
  const { here, through } = namesAt(deferral, path)
  if (here.size + (deferral.only ? through.size : 0) === 0) return undefined
  const isNamed = (field: Field) => here.has(field.name) || here.has(field.attribute)
  const loaded = meta.fields.filter((field) => {
    if (field.primaryKey) return true
    // The way to a column of another model is a column too.
    return deferral.only ? isNamed(field) || through.has(field.name) : !isNamed(field)
  })
  return loaded.length === meta.fields.length ? undefined : loaded
}

function namesAt({ paths }: Deferral, path: string): { here: Set<string>; through: Set<string> } {
  const here = new Set<string>()
  const through = new Set<string>()
  const prefix = path === '' ? '' : `${path}__`
  for (const each of paths) {
    if (!each.startsWith(prefix)) continue
    const [name, ...rest] = each.slice(prefix.length).split('__') as [string]
    ;(rest.length > 0 ? through : here).add(name)
  }
  return { here, through }
}

/** Throws `FieldError` where a relation is loaded whose key is not. */
export function refuseDeferredKey(meta: ModelMeta, loaded: readonly Field[] | undefined, relation: string): void {
  const key = meta.field(relation)
  if (!loaded || !key || loaded.includes(key)) return
  throw new FieldError(
    `Field ${meta.name}.${relation} cannot be both deferred and traversed using selectRelated at the same time.`,
  )
}
