import type { AnyModel, AnyRow } from '../options/any-model.ts'
import type { FormOptions } from '../options/form-options.ts'

/** A row's page on the website: what the options say, or the model's `getAbsoluteUrl()`. */
export function viewOnSiteUrl({ viewOnSite }: FormOptions<AnyModel>, row: AnyRow): string | null {
  if (viewOnSite === false) return null
  if (typeof viewOnSite === 'function') return viewOnSite(row as never)
  const { getAbsoluteUrl } = row as { readonly getAbsoluteUrl?: unknown }
  return typeof getAbsoluteUrl === 'function' ? String(getAbsoluteUrl.call(row)) : null
}
