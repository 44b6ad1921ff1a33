import { ModelInstance } from '../models/model-instance.ts'
import type { ModelMeta } from '../models/model-meta.ts'

/** An app as the migrations see it. */
export interface MigrationApp {
  readonly label: string
  /** Its models: the metas of the registry, the classes, or the module that exports them. */
  readonly models: readonly unknown[] | Readonly<Record<string, unknown>>
  /** The folder of its migration files; it need not exist yet. */
  readonly migrationsDir: string
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
