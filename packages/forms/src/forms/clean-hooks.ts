import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { FormFields } from './form-fields.ts'

/** The method of a form that a field's value goes through: `'email'` → `'cleanEmail'`. */
export function hookName(field: string): string {
  return `clean${field.charAt(0).toUpperCase()}${field.slice(1)}`
}

const checkedHooks = new WeakSet<object>()

/** A hook whose field is not there would never be called, and nobody would know. */
export function checkHooks(form: object, fields: FormFields): void {
  if (checkedHooks.has(form.constructor)) return
  const hooks = new Set(Object.keys(fields).map(hookName))
  for (let level = form; level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    for (const name of Object.getOwnPropertyNames(level)) {
      if (!/^clean[A-Z]/.test(name) || hooks.has(name) || typeof Reflect.get(level, name, form) !== 'function') continue
      throw new ImproperlyConfigured(
        `${form.constructor.name}.${name}() is never called: the form has no field of that name.${didYouMean(name, hooks)}`,
      )
    }
  }
  checkedHooks.add(form.constructor)
}
