import { models } from './register-models.ts'
import { noteStandIn } from './swaps.ts'

/**
 * Whichever model a setting names, for what is declared before it is known: a relation of an app to the users of a project that
 * the app does not know, `foreignKey(userModel, …)`. It has all that the model has, once the models are registered. In a migration
 * it is written without a type. Django's `settings.AUTH_USER_MODEL`.
 *
 * ```ts
 * export const userModel = swappable<UserModel>('authUserModel')
 * ```
 */
export function swappable<M>(setting: string): M {
  const model = () => models.swappable(setting).model
  // A function, and no arrow, since what is no constructor cannot stand for a class.
  const standIn: object = new Proxy(function SwappableModel() {}, {
    get: (_target, key) => Reflect.get(model(), key),
    has: (_target, key) => Reflect.has(model(), key),
    set: (_target, key, value) => Reflect.set(model(), key, value),
    construct: (_target, values, made) =>
      Reflect.construct(model(), values, made === standIn ? model() : made) as object,
    getPrototypeOf: () => Reflect.getPrototypeOf(model()),
    // A manager asks for the model's own `meta` before there is one.
    getOwnPropertyDescriptor: (_target, key) =>
      models.hasSwappable(setting) ? Reflect.getOwnPropertyDescriptor(model(), key) : undefined,
  })
  noteStandIn(standIn, setting)
  return standIn as M
}
