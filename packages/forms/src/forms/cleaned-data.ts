import { FieldNotClean } from '../errors.ts'

/**
 * The clean values behind what their type promises: a field that has errors has no value, and reading it throws rather than
 * give `undefined` for a text.
 */
export function strictData(values: object, form: string, fields: object): object {
  return new Proxy(values, {
    get(target, key) {
      if (typeof key === 'string' && !Object.hasOwn(target, key) && Object.hasOwn(fields, key)) {
        throw new FieldNotClean(form, key)
      }
      return Reflect.get(target, key)
    },
  })
}
