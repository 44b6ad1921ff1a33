import { didYouMean } from '@nuages/foundation'
import { type Text, textOf } from '@nuages/i18n'
import { Field, ForeignKeyField, ManyToManyField, type ModelMeta, ReverseField } from '@nuages/orm'
import { AdminOptionError } from '../errors.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import { capitalised, labelOfName } from '../model-admin/words.ts'
import type { AnyModel, AnyRow } from '../options/any-model.ts'
import type { ColumnSpec, ComputedColumn } from '../options/column.ts'
import type { DisplayColumn } from './display-column.ts'

const plain = {
  helpText: '',
  align: 'start',
  orderBy: null,
  field: undefined,
  target: undefined,
  selectRelated: null,
  prefetchRelated: null,
  boolean: false,
  emptyValue: undefined,
} as const

/** What a name or an object of `listDisplay`, `fields` or `readonlyFields` shows. Throws `AdminOptionError`. */
export function resolveColumn(meta: ModelMeta, spec: ColumnSpec<AnyModel>, option: string): DisplayColumn {
  if (typeof spec !== 'string') return computedColumn(spec)
  if (spec === 'toString') return textColumn(meta)
  if (meta.member(spec.split('__')[0]!) !== undefined) return pathColumn(meta, spec, option)
  if (spec in meta.model.prototype) return memberColumn(spec)
  const names = [...meta.names, ...Object.getOwnPropertyNames(meta.model.prototype)]
  throw new AdminOptionError(
    `${meta.name} has no field, getter or method '${spec}' (in ${option}).${didYouMean(spec, names)} Fields: ${meta.names.join(', ')}.`,
  )
}

function computedColumn(spec: ComputedColumn<AnyModel>): DisplayColumn {
  return {
    ...plain,
    name: spec.name ?? nameOfLabel(spec.label),
    label: spec.label,
    helpText: spec.helpText ?? '',
    align: spec.boolean ? 'center' : 'start',
    orderBy: spec.ordering ?? null,
    boolean: spec.boolean ?? false,
    emptyValue: spec.emptyValue,
    read: (row, request) => spec.value(row, request),
  }
}

/** `'Word count'` → `'wordCount'` */
function nameOfLabel(label: string): string {
  const words = label.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['column']
  return words.map((word, index) => (index === 0 ? word : capitalised(word))).join('')
}

function textColumn(meta: ModelMeta): DisplayColumn {
  return { ...plain, name: 'toString', label: capitalised(meta.verboseName), read: (row) => rowLabel(row) }
}

function memberColumn(name: string): DisplayColumn {
  const read = (row: AnyRow): unknown => {
    const member = row[name]
    return typeof member === 'function' ? member.call(row) : member
  }
  return { ...plain, name, label: labelOfName(name), read }
}

function pathColumn(meta: ModelMeta, path: string, option: string): DisplayColumn {
  const { members, leaf } = followPath(meta, path, option)
  const names = path.split('__')
  const relations = members.length < names.length || leaf instanceof Field ? names.slice(0, -1) : names
  const many = members.find((member) => isMany(member))
  if (many !== undefined && many !== leaf) {
    throw new AdminOptionError(
      `'${path}' leads over '${many.name}' to many rows, so that it is no column (in ${option} of ${meta.name}).`,
    )
  }
  const isForeignKey = leaf instanceof ForeignKeyField && names.at(-1) === leaf.name
  const loaded = isForeignKey ? names : relations
  const toRow = isForeignKey || (leaf instanceof ReverseField && leaf.isSingle)
  return {
    ...plain,
    name: path,
    label: capitalised(members.map(verboseNameOf).join(' ')),
    helpText: textOf((leaf as { options?: { helpText?: Text } }).options?.helpText ?? ''),
    align: leaf instanceof Field && !isForeignKey ? alignment(leaf) : 'start',
    orderBy: many === undefined ? path : null,
    field: isForeignKey || !(leaf instanceof Field) ? undefined : leaf,
    target: toRow || many !== undefined ? (leaf as ForeignKeyField | ManyToManyField | ReverseField).target : undefined,
    selectRelated: many === undefined && loaded.length > 0 ? loaded.join('__') : null,
    prefetchRelated: many === undefined ? null : path,
    read: (row) => readPath(row, names),
  }
}

type Member = Field | ManyToManyField | ReverseField

function isMany(member: Member): boolean {
  return member instanceof ManyToManyField || (member instanceof ReverseField && !member.isSingle)
}

/** What a field or a relation is called, in lower case unless its model says otherwise. */
export function verboseNameOf(member: Member): string {
  if (member instanceof Field)
    return member.name === 'id' ? textOf(member.options.verboseName ?? 'ID') : member.verboseName
  if (member instanceof ManyToManyField)
    return textOf(member.options.verboseName ?? labelOfName(member.name).toLowerCase())
  return labelOfName(member.name).toLowerCase()
}

function alignment(field: Field): 'start' | 'center' | 'end' {
  if (field.options.choices !== undefined) return 'start'
  if (field.kind === 'boolean') return 'center'
  return ['integer', 'bigint', 'float', 'decimal'].includes(field.kind) ? 'end' : 'start'
}

/** The members that a path goes through, the last one last. Throws `AdminOptionError`. */
export function followPath(
  start: ModelMeta,
  path: string,
  option: string,
): { readonly members: readonly Member[]; readonly leaf: Member; readonly owner: ModelMeta } {
  const members: Member[] = []
  let owner = start
  const names = path.split('__')
  for (const [index, name] of names.entries()) {
    const member = owner.member(name)
    if (member === undefined) {
      throw new AdminOptionError(
        `${owner.name} has no field '${name}' (in ${option} '${path}' of ${start.name}).${didYouMean(name, owner.names)} Fields: ${owner.names.join(', ')}.`,
      )
    }
    members.push(member)
    if (index === names.length - 1) return { members, leaf: member, owner }
    if (member instanceof Field && !(member instanceof ForeignKeyField)) {
      throw new AdminOptionError(
        `${owner.name}.${name} has no fields of its own, so no '${names[index + 1]}' (in ${option} '${path}' of ${start.name}).`,
      )
    }
    owner = (member as ForeignKeyField | ManyToManyField | ReverseField).target
  }
  throw new AdminOptionError(`An empty path is no field of ${start.name} (in ${option}).`)
}

/** Follows names from a row: relations were loaded with it, so that awaiting them asks nothing. */
async function readPath(row: AnyRow, names: readonly string[]): Promise<unknown> {
  let value: unknown = row
  for (const name of names) {
    if (value === null || value === undefined) return null
    value = await (value as Record<string, unknown>)[name]
  }
  return value
}
