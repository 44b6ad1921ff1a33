import { databaseAliasOf } from '@nuages/orm'
import { type AnyModelForm, BaseModelForm } from '../models/base-model-form.ts'
import { InvalidForm } from '../models/invalid-form.ts'
import { saveTogether } from '../models/save-together.ts'
import { BaseModelFormSet } from './base-model-form-set.ts'

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
  let isSaved = false
  try {
    await saveTogether(rows, using, async () => {
      for (const part of parts) await part.save()
      isSaved = true
    })
    return true
  } catch (error) {
    // A row that they refer to may be missed when the transaction ends, and not before.
    const problem = isSaved ? explained(parts, error) : error
    if (problem instanceof InvalidForm && parts.includes(problem.form as Saveable)) return false
    throw problem
  }
}

/** As an error of the first part that can tell what it means. */
function explained(parts: readonly Saveable[], error: unknown): unknown {
  const form = parts.find((part) => part instanceof BaseModelForm || part instanceof BaseModelFormSet)
  return form ? (form as { explain(error: unknown): unknown }).explain(error) : error
}
