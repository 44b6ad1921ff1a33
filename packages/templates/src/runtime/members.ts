import { didYouMean } from '@nuages/foundation'
import { TemplateError } from '../errors.ts'
import { isPlainObject } from './truth.ts'

/** `target[key]`, with the keys of a `Map` as its members, and methods bound so that they can be called later. */
export function readMember(target: unknown, key: PropertyKey): unknown {
  const value = (target as Record<PropertyKey, unknown>)[key]
  if (value === undefined) return target instanceof Map ? target.get(key) : undefined
  // A class has statics to be read, and is not called as a method.
  if (typeof value === 'function' && !Object.hasOwn(value, 'prototype')) return value.bind(target)
  return value
}

/**
 * Whether the members of `target` are known, and `key` is none of them. A dictionary or a `Map` may lack any key, a list
 * any index.
 */
export function lacksMember(target: unknown, key: PropertyKey): target is object {
  if (target === null || target === undefined || target instanceof Map) return false
  if (typeof target === 'object' && isPlainObject(target)) return false
  return !(key in Object(target)) && !/^\d+$/.test(String(key))
}

/** Every name that can be read of `object`, its classes' getters and methods included. */
export function memberNames(object: object): string[] {
  const names = new Set<string>()
  for (let level: object | null = object; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    for (const name of Object.getOwnPropertyNames(level)) {
      if (name !== 'constructor' && !name.startsWith('_')) names.add(name)
    }
  }
  return [...names]
}

export function missingMember(target: unknown, key: PropertyKey, label: string): TemplateError {
  const name = String(key)
  const object: object = Object(target)
  const kind = object.constructor?.name
  const suggestion = didYouMean(name, memberNames(object))
  return new TemplateError(`'${label}'${kind ? ` (${kind})` : ''} has no member '${name}'.${suggestion}`)
}

export function memberOfUndefined(key: PropertyKey, label: string): TemplateError {
  return new TemplateError(`'${label}' is undefined, so '${String(key)}' cannot be read from it`, {
    hint: `Ask first with {% if ${label} %}, or give the view's context a value.`,
  })
}

export function undefinedName(name: string, scope: object): TemplateError {
  const known: string[] = []
  for (const key in scope) known.push(key)
  return new TemplateError(
    `'${name}' is undefined.${didYouMean(name, known)} The context has: ${known.sort().join(', ') || 'nothing'}.`,
    { hint: `A name that may be missing is asked for with {% if ${name} %} or {{ ${name} | default('') }}.` },
  )
}
