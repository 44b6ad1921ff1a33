import { icon } from './icon.js'
import { ResultList } from './result-list.js'

/**
 * A search over the rows of another model, by the combobox pattern of ARIA: the focus stays in the input, arrows move through
 * the list, Enter chooses, Escape closes. The keys stay in the input that the server sent, which is hidden.
 */
export class Combobox {
  #element
  #keys
  #input
  #chips
  #clear
  #results
  #chosen

  constructor(element) {
    this.#element = element
    this.#keys = element.querySelector('input')
    this.#chosen = new Map(
      [...element.querySelectorAll('.chosen [data-key]')].map(({ dataset }) => [dataset.key, dataset.text]),
    )
    this.#build()
    this.#results = new ResultList(this.#input, element, (key, text) => this.#choose(key, text))
    this.#listen()
    this.#show()
  }

  get #isMultiple() {
    return 'multiple' in this.#element.dataset
  }

  #build() {
    const { text } = { text: this.#element.dataset }
    this.#input = document.createElement('input')
    this.#input.type = 'text'
    this.#input.role = 'combobox'
    this.#input.autocomplete = 'off'
    this.#input.spellcheck = false
    this.#input.placeholder = text.placeholder ?? ''
    for (const name of ['id', 'aria-describedby', 'aria-invalid', 'aria-label', 'disabled', 'autofocus']) {
      const value = this.#keys.getAttribute(name)
      if (value !== null) this.#input.setAttribute(name, value)
      this.#keys.removeAttribute(name)
    }
    if (this.#keys.required) this.#input.setAttribute('aria-required', 'true')
    this.#keys.type = 'hidden'
    this.#element.querySelector('.combobox-plain').remove()
    this.#clear = this.#button('combobox-clear', text.textClear, () => this.#set(new Map()))
    const box = document.createElement('div')
    box.className = 'combobox-box'
    if (this.#isMultiple) {
      this.#chips = document.createElement('ul')
      this.#chips.className = 'combobox-chips'
      this.#element.append(this.#chips)
    }
    box.append(this.#input, this.#clear)
    this.#element.append(box)
  }

  #button(className, label, act) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = className
    button.setAttribute('aria-label', label)
    button.append(icon('close'))
    button.addEventListener('click', () => {
      act()
      this.#input.focus()
    })
    return button
  }

  #listen() {
    this.#input.addEventListener('blur', () => {
      // An emptied input means "none"; half a word means nothing.
      if (!this.#isMultiple && this.#input.value === '' && this.#chosen.size > 0) this.#set(new Map())
      else this.#show()
    })
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Backspace' && this.#isMultiple && this.#input.value === '') {
        this.#set(new Map([...this.#chosen].slice(0, -1)))
      }
    })
    this.#element.addEventListener('admin:related', ({ detail }) => {
      const { action, value, text, newValue = value } = detail
      const next = new Map(this.#isMultiple || action !== 'add' ? this.#chosen : [])
      if (action === 'delete') next.delete(value)
      else if (action === 'change' && !next.has(value)) return
      else {
        if (newValue !== value) next.delete(value)
        next.set(newValue, text)
      }
      this.#set(next)
    })
  }

  #choose(key, text) {
    const next = new Map(this.#isMultiple ? this.#chosen : [])
    // What is chosen already is taken back, where there may be several.
    if (!next.delete(key)) next.set(key, text)
    if (this.#isMultiple) this.#input.value = ''
    this.#set(next)
  }

  #set(chosen) {
    this.#chosen = chosen
    this.#keys.value = [...chosen.keys()].join(',')
    this.#show()
    this.#keys.dispatchEvent(new Event('change', { bubbles: true }))
  }

  #show() {
    if (!this.#isMultiple) this.#input.value = [...this.#chosen.values()][0] ?? ''
    else if (document.activeElement !== this.#input) this.#input.value = ''
    this.#clear.hidden = this.#isMultiple || this.#chosen.size === 0 || this.#keys.required || this.#input.disabled
    this.#chips?.replaceChildren(...[...this.#chosen].map(([key, text]) => this.#chip(key, text)))
    this.#results?.mark([...this.#chosen.keys()])
  }

  #chip(key, text) {
    const chip = document.createElement('li')
    const label = document.createElement('span')
    label.textContent = text
    const remove = this.#button(
      'combobox-remove',
      this.#element.dataset.textRemove.replace('%s', () => text),
      () => {
        const next = new Map(this.#chosen)
        next.delete(key)
        this.#set(next)
      },
    )
    chip.append(label, remove)
    return chip
  }
}
