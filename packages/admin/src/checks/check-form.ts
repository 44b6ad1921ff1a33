import { TextField } from '@nuages/orm'
import { resolveColumn } from '../columns/resolve-column.ts'
import type { AnyModel } from '../options/any-model.ts'
import type { FormItem, FormItems } from '../options/fieldset.ts'
import type { FormOptions } from '../options/form-options.ts'
import type { Findings } from './finding.ts'

/** Looks at what a form is told: the change page's, or an inline's. */
export function checkForm(options: FormOptions<AnyModel>, findings: Findings): void {
  const { meta } = findings
  const { fields, fieldsets, exclude = [], readonlyFields = [] } = options
  if (fields && fieldsets) findings.add('E005', 'Both fields and fieldsets are given: one of them says what is shown.')
  const ofFieldsets = (fieldsets ?? []).flatMap((fieldset) => flat(fieldset.fields))
  checkItems('fields', flat(fields ?? []), 'E006')
  checkItems('fieldsets', ofFieldsets, 'E012')
  findings.unknownNames('E014', 'exclude', exclude)
  findings.repeated('E015', 'exclude', exclude)
  for (const item of readonlyFields) {
    findings.trying('E035', () => resolveColumn(meta, item as never, 'readonlyFields'))
  }
  checkClass()
  checkPrepopulated()
  checkRelations()

  function checkItems(option: string, items: readonly FormItem<AnyModel>[], twice: string): void {
    const names = items.filter((item) => typeof item === 'string')
    findings.repeated(twice, option, names)
    // A form of the project's own may have fields that the model has not.
    if (options.form !== undefined || options.getForm !== undefined) return
    for (const name of names) findings.trying('E035', () => resolveColumn(meta, name, option))
  }

  function checkClass(): void {
    const { form } = options
    if (form === undefined || ('settings' in form && 'baseFields' in form)) return
    findings.add('E016', 'form is no model form.', `Write class PostForm extends ModelForm(${meta.name}, { … }).`)
  }

  function checkPrepopulated(): void {
    for (const [name, sources = []] of Object.entries(options.prepopulatedFields ?? {})) {
      findings.unknownNames('E027', 'prepopulatedFields', [name])
      const isText = meta.member(name) instanceof TextField
      if (meta.member(name) !== undefined && !isText) {
        findings.add('E028', `prepopulatedFields names '${name}', which holds no text.`)
      }
      findings.unknownNames('E030', `prepopulatedFields.${name}`, sources)
    }
  }

  function checkRelations(): void {
    checkOption('autocompleteFields', options.autocompleteFields, 'E037', 'E038')
    checkOption('rawIdFields', options.rawIdFields, 'E002', 'E003')
    checkOption('selectFields', options.selectFields, 'E900', 'E901')
    checkOption('checkboxFields', options.checkboxFields, 'E019', 'E020')
    findings.unknownNames('E022', 'radioFields', options.radioFields ?? [])
    for (const name of options.radioFields ?? []) {
      if (!findings.isColumn(name) || findings.isRelation(name) || meta.field(name)?.options.choices) continue
      findings.add('E023', `radioFields names '${name}', which is no foreign key and has no choices.`)
    }
  }

  function checkOption(option: string, names: readonly string[] = [], unknown: string, wrong: string): void {
    findings.unknownNames(unknown, option, names)
    for (const name of names) {
      if (meta.member(name) === undefined || findings.isRelation(name)) continue
      findings.add(wrong, `${option} names '${name}', which is no relation.`)
    }
  }
}

function flat(items: FormItems<AnyModel>): readonly FormItem<AnyModel>[] {
  return items.flatMap((item) => (Array.isArray(item) ? item : [item as FormItem<AnyModel>]))
}
