import { listed } from '../model-admin/words.ts'

/** What became of one field: its label, and the values in words. */
export interface FieldRecord {
  readonly label: string
  readonly from: string | null
  readonly to: string | null
}

/**
 * A part of what was done: to the row itself, or to a row of an inline, which `name` (its model) and `object` name; or an
 * action of the list that was run, whose label is `name`.
 */
export interface ChangeRecord {
  readonly action: 'added' | 'changed' | 'deleted' | 'ran'
  readonly name?: string
  readonly object?: string
  readonly fields?: readonly FieldRecord[]
}

/**
 * Django's JSON: `[{"changed": {"name": "comment", "object": "…", "fields": ["Title"]}}]`, with the values of the fields
 * beside, in `values`, which Django passes over.
 */
export function writeChangeMessage(records: readonly ChangeRecord[]): string {
  const parts = records.map(({ action, name, object, fields }) => ({
    [action]: {
      ...(name === undefined ? {} : { name, object }),
      ...(fields === undefined
        ? {}
        : { fields: fields.map(({ label }) => label), values: fields.map(({ from, to }) => [from, to]) }),
    },
  }))
  return JSON.stringify(parts)
}

/** What an entry says was done. A message that is not JSON, as old versions of Django wrote them, is `null`. */
export function readChangeMessage(message: string): readonly ChangeRecord[] | null {
  if (!message.startsWith('[')) return null
  try {
    const parts: unknown = JSON.parse(message)
    return Array.isArray(parts) ? parts.flatMap(readPart) : null
  } catch {
    return null
  }
}

const actions = ['added', 'changed', 'deleted', 'ran'] as const

function readPart(part: unknown): ChangeRecord[] {
  if (typeof part !== 'object' || part === null) return []
  return actions.flatMap((action) => {
    const detail = (part as Record<string, unknown>)[action]
    if (typeof detail !== 'object' || detail === null) return []
    const { name, object, fields, values } = detail as Record<string, unknown>
    return [
      {
        action,
        ...(typeof name === 'string' ? { name, object: String(object ?? '') } : {}),
        ...(Array.isArray(fields) ? { fields: fields.map((label, index) => fieldRecord(label, values, index)) } : {}),
      },
    ]
  })
}

function fieldRecord(label: unknown, values: unknown, index: number): FieldRecord {
  const pair: unknown = Array.isArray(values) ? values[index] : undefined
  const [from, to] = Array.isArray(pair) ? pair : []
  return { label: String(label), from: textOrNull(from), to: textOrNull(to) }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

const verbs = { added: 'Added', changed: 'Changed', deleted: 'Deleted' } as const

/** An entry in sentences: `'Changed Title and Body. Added comment “Yes!”.'` */
export function describeChange(message: string): string {
  const records = readChangeMessage(message)
  if (records === null) return message
  if (records.length === 0) return 'No fields changed.'
  return records.map(describeRecord).join(' ')
}

function describeRecord({ action, name, object, fields }: ChangeRecord): string {
  if (action === 'ran') return `Ran “${name}”.`
  const what = name === undefined ? '' : ` ${name} “${object}”`
  const labels = fields === undefined || fields.length === 0 ? '' : listed(fields.map(({ label }) => label))
  if (action !== 'changed' || labels === '') return `${verbs[action]}${what}.`
  return what === '' ? `Changed ${labels}.` : `Changed ${labels} of${what}.`
}
