import { gettextLazy } from '@nuages/i18n'
import type { ValueSource } from '../forms/value-source.ts'
import type { Attributes } from '../rendering/attributes.ts'
import { ChoiceWidget } from './choice-widget.ts'
import type { WidgetContext } from './widget.ts'

/** `<select>` */
export class Select extends ChoiceWidget {
  readonly templateName: string = 'widgets/select.html'

  /** A browser asks for a choice only where the first stands for none. */
  override useRequiredAttribute(initial: unknown): boolean {
    return super.useRequiredAttribute(initial) && (this.allowsMultiple || this.startsEmpty())
  }
}

/** `<select multiple>` */
export class SelectMultiple extends Select {
  override get allowsMultiple(): boolean {
    return true
  }

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    return super.getContext(name, value, { ...attrs, multiple: true })
  }

  /** A browser sends nothing where nothing is chosen. */
  override valueOmittedFromData(): boolean {
    return false
  }
}

/** A `<select>` of yes, no and unknown. */
export class NullBooleanSelect extends Select {
  override choices = [
    ['unknown', gettextLazy('Unknown')],
    ['true', gettextLazy('Yes')],
    ['false', gettextLazy('No')],
  ] as const

  protected override selectedTexts(value: unknown): ReadonlySet<string> {
    return new Set([String(answerOf(value) ?? 'unknown')])
  }

  override valueFromData(data: ValueSource, _files: ValueSource, name: string): unknown {
    return answerOf(data.get(name))
  }
}

const answers: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  ['True', true],
  ['2', true],
  [false, false],
  ['false', false],
  ['False', false],
  ['3', false],
])

function answerOf(value: unknown): boolean | null {
  return answers.get(value) ?? null
}
