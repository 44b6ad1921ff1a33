import { Field } from '@nuages/orm'
import { followPath, resolveColumn } from '../columns/resolve-column.ts'
import { filteredPaths } from '../filters/build-filters.ts'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import type { Findings } from './finding.ts'

/** Looks at what the change list is told. */
export function checkList({ meta, options }: ModelAdmin, findings: Findings): void {
  const display = options.listDisplay ?? []
  for (const spec of display) findings.trying('E108', () => resolveColumn(meta, spec, 'listDisplay'))
  for (const path of filteredPaths(options.listFilter ?? [])) {
    findings.trying('E116', () => followPath(meta, path, 'listFilter'))
  }
  for (const spec of options.searchFields ?? []) findings.trying('E126', () => checkSearchField(spec))
  for (const path of options.ordering ?? []) {
    if (path !== '?') findings.trying('E033', () => followPath(meta, path.replace(/^-/, ''), 'ordering'))
  }
  for (const path of options.listSelectRelated ?? []) {
    findings.trying('E117', () => followPath(meta, path, 'listSelectRelated'))
  }
  checkLinks()
  checkEditable()
  checkNumbers()
  checkDateHierarchy()

  function checkSearchField(spec: string): void {
    const path = spec.replace(/^[\^=]/, '')
    const { leaf } = followPath(meta, path, 'searchFields')
    if (leaf instanceof Field && !('target' in leaf)) return
    findings.add('E126', `searchFields names '${spec}', a relation: name a field of the other model, '${path}__name'.`)
  }

  function checkLinks(): void {
    for (const name of options.listDisplayLinks ?? []) {
      if (!display.includes(name))
        findings.add('E111', `listDisplayLinks names '${name}', which is not in listDisplay.`)
    }
  }

  function checkEditable(): void {
    const editable = options.listEditable ?? []
    findings.unknownNames('E121', 'listEditable', editable)
    const links = options.listDisplayLinks === undefined ? display.slice(0, 1) : (options.listDisplayLinks ?? [])
    for (const name of editable) {
      if (meta.member(name) === undefined) continue
      if (!display.includes(name)) findings.add('E122', `listEditable names '${name}', which is not in listDisplay.`)
      else if (links.includes(name)) checkLinked(name)
      if (meta.field(name)?.editable === false) {
        findings.add('E125', `listEditable names '${name}', which is not editable in ${meta.name}.`)
      }
    }
  }

  function checkLinked(name: string): void {
    const hint = 'Set listDisplayLinks to another column, or to null.'
    if (options.listDisplayLinks === undefined) {
      findings.add('E124', `listEditable names '${name}', the first column, which leads to the change page.`, hint)
    } else findings.add('E123', `'${name}' is in listEditable and in listDisplayLinks: it can be one.`, hint)
  }

  function checkNumbers(): void {
    const positive = (value: number | undefined): boolean =>
      value === undefined || (Number.isInteger(value) && value > 0)
    if (!positive(options.listPerPage))
      findings.add('E118', `listPerPage is ${options.listPerPage}, no number of rows.`)
    if (!positive(options.listMaxShowAll)) {
      findings.add('E119', `listMaxShowAll is ${options.listMaxShowAll}, no number of rows.`)
    }
  }

  function checkDateHierarchy(): void {
    const { dateHierarchy } = options
    if (dateHierarchy === undefined) return
    const kind = meta.field(dateHierarchy)?.kind
    if (kind === undefined) findings.unknownNames('E127', 'dateHierarchy', [dateHierarchy])
    else if (kind !== 'date' && kind !== 'dateTime') {
      findings.add('E128', `dateHierarchy names '${dateHierarchy}', which holds no dates.`)
    }
  }
}
