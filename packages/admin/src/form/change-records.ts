import type { AnyModelForm } from '@nuages/forms'
import { Field, ForeignKeyField, ManyToManyField, type ModelMeta } from '@nuages/orm'
import { displayValue } from '../columns/display-value.ts'
import { verboseNameOf } from '../columns/resolve-column.ts'
import type { FieldRecord } from '../log/change-message.ts'
import { allRowsOf } from '../model-admin/all-rows.ts'
import { capitalised } from '../model-admin/words.ts'
import type { AnyRow } from '../options/any-model.ts'

/** Longer texts are cut: the history shows what changed, it is no archive. */
const longest = 300

/** What a row held before its form was read: the form writes into the row. */
export class ValuesBefore {
  readonly #meta: ModelMeta
  readonly #values: ReadonlyMap<string, unknown>

  constructor(meta: ModelMeta, row: AnyRow) {
    this.#meta = meta
    this.#values = new Map(meta.fields.map(({ name, attribute }) => [name, row[attribute]]))
  }

  /** What the form changed, from what to what. Called before many-to-many relations are saved. */
  async records(form: AnyModelForm): Promise<readonly FieldRecord[]> {
    const row = form.instance as AnyRow
    const records: FieldRecord[] = []
    for (const name of await form.changedData) {
      if (name.startsWith('_')) continue
      const member = this.#meta.member(name)
      const label = member === undefined ? form.get(name).label : capitalised(verboseNameOf(member))
      records.push({ label, ...(await this.#change(name, row, form)) })
    }
    return records
  }

  async #change(name: string, row: AnyRow, form: AnyModelForm): Promise<{ from: string | null; to: string | null }> {
    const member = this.#meta.member(name)
    if (member instanceof ManyToManyField) {
      const before = await (row[name] as { all(): PromiseLike<readonly AnyRow[]> }).all()
      const after = (form.cleanedData as Record<string, unknown>)[name] as readonly AnyRow[]
      return { from: textOf(before, undefined), to: textOf(after, undefined) }
    }
    // A value that is no column's, such as a password, is not for the history.
    if (!(member instanceof Field)) return { from: null, to: null }
    const [before, after] = [this.#values.get(name), row[member.attribute]]
    if (!(member instanceof ForeignKeyField)) return { from: textOf(before, member), to: textOf(after, member) }
    return { from: await nameOf(member, before), to: await nameOf(member, after) }
  }
}

async function nameOf({ target }: ForeignKeyField, key: unknown): Promise<string | null> {
  if (key === null || key === undefined) return null
  const row = await allRowsOf(target).filter({ pk: key }).first()
  return row === null ? String(key) : textOf(row, undefined)
}

function textOf(value: unknown, field: Field | undefined): string | null {
  const shown = displayValue(value, { field, boolean: false, emptyValue: '', rowUrl: () => null })
  if (shown.kind === 'empty') return null
  return shown.text.length <= longest ? shown.text : `${shown.text.slice(0, longest)}…`
}
