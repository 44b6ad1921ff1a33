import { databaseAliasOf } from '@nuages/orm'
import type { AnyModelForm } from '../models/base-model-form.ts'
import { InvalidForm } from '../models/invalid-form.ts'
import { saveTogether } from '../models/save-together.ts'

/** What can be validated and saved: a model form, a model formset. */
export interface Saveable {
  isValid(): Promise<boolean>
  save(): Promise<unknown>
}

/**
 * Validates a form and its formsets, and saves them in that order, in one transaction: all of them or none. `false` where one
 * has errors, or where saving met one; the page is then shown again.
 *
 * ```ts
 * if (await saveAll(form, comments)) return redirect('post-detail', { pk: form.instance.pk })
 * ```
 */
export async function saveAll(...parts: readonly Saveable[]): Promise<boolean> {
  // Every one of them, so that a visitor sees all that is wrong at once.
  const valid: boolean[] = []
  for (const part of parts) valid.push(await part.isValid())
  if (valid.includes(false)) return false
  const rows = parts.map((part) => (part as Partial<AnyModelForm>).instance).filter((row) => row !== undefined)
  const using = rows.map(databaseAliasOf).find((alias) => alias !== undefined)
  try {
    await saveTogether(rows, using, async () => {
      for (const part of parts) await part.save()
    })
    return true
  } catch (error) {
    if (error instanceof InvalidForm && parts.includes(error.form as Saveable)) return false
    throw error
  }
}
