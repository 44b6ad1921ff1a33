import fc from 'fast-check'
import { type Family, type Kind, kindsOf, type Variant } from './random-kinds.ts'
import type { OptionName } from './random-options.ts'

/** A field of a model. `id` stays whatever its name becomes. */
export interface FieldSpec {
  readonly id: number
  readonly name: string
  readonly variant: Variant
  readonly type:
    | { readonly family: Family; readonly kind: number }
    | { readonly relation: 'foreignKey' | 'oneToOne' | 'manyToMany'; readonly target: number }
    | { readonly relation: 'through'; readonly target: number; readonly link: number }
  /** Whether the rows that its model came with hold a value each: nothing else may be unique. */
  readonly isOld: boolean
}

export const keys = ['bigAuto', 'auto', 'integer', 'char', 'composite'] as const
export type KeyKind = (typeof keys)[number]

export interface ModelSpec {
  readonly id: number
  readonly app: 'one' | 'two'
  readonly name: string
  readonly key: KeyKind
  readonly table: string | undefined
  readonly comment: string | undefined
  readonly fields: readonly FieldSpec[]
  readonly options: readonly OptionName[]
}

export interface ProjectSpec {
  readonly models: readonly ModelSpec[]
  readonly next: number
}

export const nothing: ProjectSpec = { models: [], next: 1 }

/** One change: what is done, and numbers that choose where. */
export interface Change {
  readonly what: (typeof whats)[number]
  readonly where: number
  readonly which: number
  readonly how: number
}

const whats = [
  'addModel',
  'addModel',
  'deleteModel',
  'renameModel',
  'alterKey',
  'alterTable',
  'alterComment',
  'addField',
  'addField',
  'removeField',
  'renameField',
  'alterField',
  'alterField',
  'alterField',
  'addRelation',
  'addRelation',
  'addThrough',
  'toggleOption',
  'toggleOption',
] as const

const change: fc.Arbitrary<Change> = fc.record({
  what: fc.constantFrom(...whats),
  where: fc.nat(999),
  which: fc.nat(999),
  how: fc.nat(9999),
})

/** The changes of each version of a project. */
export const versions = fc
  .array(fc.array(change, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
  .map((list) => [[{ what: 'addModel', where: 0, which: 0, how: 0 } as Change, ...list[0]!], ...list.slice(1)])

export function kindOf(field: FieldSpec): Kind | undefined {
  return 'family' in field.type ? kindsOf[field.type.family][field.type.kind] : undefined
}

export function targetOf(field: FieldSpec): number | undefined {
  return 'target' in field.type ? field.type.target : undefined
}
