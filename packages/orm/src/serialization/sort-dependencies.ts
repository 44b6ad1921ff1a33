import type { ModelMeta, RuntimeModel } from '../models/model-meta.ts'
import { SerializationError } from './errors.ts'
import { isWrittenWithRow, modelNameInFile } from './file-names.ts'
import { hasNaturalKey, naturalKeyDependencies } from './natural-key.ts'

export interface SortOptions {
  /** Models that need each other keep the order they were given in, in place of an error. */
  readonly allowCycles?: boolean
}

/**
 * The models in an order in which natural keys can be read: each after those that its relations name by natural keys, and after
 * its `naturalKeyDependencies`. Throws `SerializationError` for models that need each other. Django's `sort_dependencies`.
 */
export function sortDependencies<M extends RuntimeModel>(models: readonly M[], options: SortOptions = {}): M[] {
  const waiting = new Map(models.map((model) => [model.meta, model]))
  const needs = new Map(models.map(({ meta }) => [meta, dependencies(meta).filter((other) => waiting.has(other))]))
  const sorted: M[] = []
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([meta]) => needs.get(meta)!.every((other) => !waiting.has(other)))
    if (ready.length === 0 && !options.allowCycles) throw circular([...waiting.keys()])
    for (const [meta, model] of ready.length > 0 ? ready : waiting) {
      sorted.push(model)
      waiting.delete(meta)
    }
  }
  return sorted
}

function dependencies(meta: ModelMeta): readonly ModelMeta[] {
  const own = hasNaturalKey(meta) ? naturalKeyDependencies(meta) : []
  const relations = [...meta.foreignKeys, ...meta.manyToMany.filter(isWrittenWithRow)]
  const targets = relations.map(({ target }) => target).filter(hasNaturalKey)
  return [...own, ...targets].map((other) => other.concrete).filter((other) => other !== meta.concrete)
}

function circular(models: readonly ModelMeta[]): SerializationError {
  return new SerializationError(
    `The natural keys of ${models.map(modelNameInFile).sort().join(', ')} need each other, so that no order lets all of them be read.`,
    { hint: 'Leave the natural key of one of them out, or a relation out of it.' },
  )
}
