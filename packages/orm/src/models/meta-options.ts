import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import { assertConstraint, assertIndex } from './constraints.ts'
import type { MetaOptions } from './model-meta.ts'

const known = [
  'table',
  'tableComment',
  'ordering',
  'getLatestBy',
  'constraints',
  'indexes',
  'verboseName',
  'verboseNamePlural',
  'managed',
  'swappable',
  'requiredDbVendor',
  'permissions',
  'defaultPermissions',
  'abstract',
]

/**
 * The options of a model as they hold for it: in the names of constraints and indexes, `%(appLabel)s` and `%(class)s` are its own,
 * so that models which share them by an abstract one have names of their own. Throws `ImproperlyConfigured` for what cannot be.
 */
export function readMetaOptions(
  options: MetaOptions,
  { appLabel, name: model }: { readonly appLabel: string; readonly name: string },
): MetaOptions {
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    throw new ImproperlyConfigured(
      `${model} has no option '${option}'.${didYouMean(option, known)} Options: ${known.join(', ')}.`,
    )
  }
  const { constraints, indexes, ...rest } = options
  const named = <T extends { readonly name?: string }>(one: T): T => {
    if (!one.name?.includes('%(')) return one
    const name = one.name
      .replaceAll('%(appLabel)s', appLabel.toLowerCase())
      .replaceAll('%(class)s', model.toLowerCase())
    return { ...one, name }
  }
  for (const constraint of constraints ?? []) assertConstraint(model, constraint)
  for (const index of indexes ?? []) assertIndex(model, index)
  return {
    ...rest,
    ...(constraints === undefined ? {} : { constraints: constraints.map(named) }),
    ...(indexes === undefined ? {} : { indexes: indexes.map(named) }),
  }
}
