import { currentTimeZone, gettextLazy, monthNames } from '@nuages/i18n'
import type { Choices } from '../choices/choices.ts'
import type { ValueSource } from '../forms/value-source.ts'
import type { Attributes } from '../rendering/attributes.ts'
import { afterLoading } from '../rendering/settled.ts'
import { dateText } from '../temporal/temporal-text.ts'
import { Select } from './select.ts'
import { Widget, type WidgetContext } from './widget.ts'

export interface SelectDateOptions {
  /** Default: this year and the nine after it. */
  readonly years?: readonly number[]
}

const parts = ['month', 'day', 'year'] as const
const labels = { month: gettextLazy('Month'), day: gettextLazy('Day'), year: gettextLazy('Year') }

/** A date as three selects: month, day and year. */
export class SelectDateWidget extends Widget {
  readonly templateName: string = 'widgets/multi_widget.html'
  readonly years: readonly number[] | undefined

  constructor(attrs: Attributes = {}, options: SelectDateOptions = {}) {
    super(attrs)
    this.years = options.years
  }

  override get useFieldset(): boolean {
    return true
  }

  override idForLabel(_id: string): string {
    return ''
  }

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    const context = super.getContext(name, null, attrs)
    return { ...context, parts: afterLoading([value], (loaded) => this.selects(name, loaded, context.attrs)) }
  }

  private selects(name: string, value: unknown, attrs: Attributes): readonly unknown[] {
    const [year = '', month = '', day = ''] = dateText(value).split('-')
    const chosen = { year, month: withoutZeros(month), day: withoutZeros(day) }
    const { id } = attrs
    return parts.map((part) => {
      const select = new Select()
      select.choices = this.choicesFor(part, chosen[part])
      const own = { ...attrs, id: id ? `${id}_${part}` : null, 'aria-label': String(labels[part]) }
      return select.render(`${name}_${part}`, chosen[part], own)
    })
  }

  /** A value that is none of the choices is shown all the same: what is there is never lost by opening the page. */
  private choicesFor(part: (typeof parts)[number], chosen: string): Choices {
    const values = part === 'year' ? this.yearChoices() : range(1, part === 'month' ? 12 : 31).map(String)
    const known = chosen === '' || values.includes(chosen) ? values : [chosen, ...values]
    const named = known.map((value) => [value, (part === 'month' && monthNames()[Number(value) - 1]) || value] as const)
    const empty = [['', '---']] as const
    return this.isRequired && chosen !== '' ? named : [...empty, ...named]
  }

  private yearChoices(): readonly string[] {
    const { year } = Temporal.Now.plainDateISO(currentTimeZone())
    return (this.years ?? range(year, year + 9)).map(String)
  }

  override valueFromData(data: ValueSource, _files: ValueSource, name: string): unknown {
    const [month, day, year] = parts.map((part) => String(data.get(`${name}_${part}`) ?? ''))
    if (month === '' && day === '' && year === '') return data.get(name) ?? ''
    return `${year!.padStart(4, '0')}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  }

  override valueOmittedFromData(data: ValueSource, _files: ValueSource, name: string): boolean {
    return parts.every((part) => !data.has(`${name}_${part}`))
  }
}

function withoutZeros(text: string): string {
  return text.replace(/^0+/, '')
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
