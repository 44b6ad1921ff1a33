import { CASCADE, char, foreignKey, manyToMany, oneToOne } from '../../../../src/index.ts'
import type { Answers } from '../../../../src/migrations/index.ts'
import type { MetaOptions } from '../../../../src/models/model-meta.ts'
import type { Declared } from '../detected.ts'

export interface Case {
  readonly before: Declared
  readonly after: Declared
  readonly answers?: Answers
  readonly expected: readonly string[]
}

export const name = { name: char({ maxLength: 100 }) }
export const title = { title: char({ maxLength: 200 }) }
export const key = (to: string, options: object = {}) => foreignKey(to, { onDelete: CASCADE, ...options })
export const one = (to: string, options: object = {}) => oneToOne(to, { onDelete: CASCADE, ...options })
export const pairs = (to: string, options: object = {}) => manyToMany(to, options)
export const author = { 'blog.Author': [name] } as const
export const tag = { 'blog.Tag': [name] } as const
export const post = (fields: object = {}, options?: MetaOptions): Declared => ({
  'blog.Post': options ? [{ ...title, ...fields }, options] : [{ ...title, ...fields }],
})
export const item = (fields: object, options?: MetaOptions): Declared => ({
  'shop.Item': options ? [fields, options] : [fields],
})
export const titleIndex = (index: string) => ({ indexes: [{ name: index, fields: ['title'] }] })
export const titleUnique = (constraint: string) =>
  ({ constraints: [{ type: 'unique', name: constraint, fields: ['title'] }] }) as const
