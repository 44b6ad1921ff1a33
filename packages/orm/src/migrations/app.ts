import { sep } from 'node:path'
import { didYouMean } from '@nuages/foundation'
import { ModelInstance } from '../models/model-instance.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { MigrationError } from './errors.ts'

/** An app as the migrations see it. */
export interface MigrationApp {
  readonly label: string
  /** Its models: the metas of the registry, the classes, or the module that exports them. */
  readonly models: readonly unknown[] | Readonly<Record<string, unknown>>
  /** The folder of its migration files; it need not exist yet. */
  readonly migrationsDir: string
}

/**
 * The app of that label.
 * @throws MigrationError where there is none
 */
export function appOf(apps: readonly MigrationApp[], label: string): MigrationApp {
  const app = apps.find((one) => one.label === label)
  if (app) return app
  const labels = apps.map((one) => one.label)
  throw new MigrationError(`There is no app '${label}'.${didYouMean(label, labels)} Apps: ${labels.join(', ')}.`)
}

/** Whether an app is that of an installed package: what is written there the next install takes away. */
export function isOfPackage({ migrationsDir }: MigrationApp): boolean {
  return migrationsDir.split(sep).includes('node_modules')
}

/** The models of an app; what is no model is passed over. Throws `ImproperlyConfigured` for one that is not registered. */
export function modelsOf(app: MigrationApp): ModelMeta[] {
  const candidates = Array.isArray(app.models) ? app.models : Object.values(app.models)
  const metas = candidates.flatMap((candidate: unknown) => {
    if (isMeta(candidate)) return [candidate]
    if (typeof candidate !== 'function' || !(candidate.prototype instanceof ModelInstance)) return []
    return [(candidate as unknown as { meta: ModelMeta }).meta]
  })
  return [...new Set(metas)].filter((meta) => meta.appLabel === app.label && !meta.autoCreated)
}

function isMeta(value: unknown): value is ModelMeta {
  return typeof value === 'object' && value !== null && 'appLabel' in value && 'manyToMany' in value
}
