/** The list under a combobox: asks the server, page by page, and keeps which option is active. */
export class ResultList {
  #input
  #texts
  #url
  #choose
  #list
  #status
  #chosen = []
  #active = -1
  #page = 0
  #more = false
  #request
  #timer

  constructor(input, element, choose) {
    this.#input = input
    this.#texts = element.dataset
    this.#url = element.dataset.url
    this.#choose = choose
    this.#list = document.createElement('ul')
    this.#list.role = 'listbox'
    this.#list.className = 'combobox-list'
    this.#list.popover = 'manual'
    this.#list.id = `${input.id}_list`
    this.#list.setAttribute('aria-label', element.dataset.textResults)
    if ('multiple' in element.dataset) this.#list.setAttribute('aria-multiselectable', 'true')
    this.#status = document.createElement('span')
    this.#status.className = 'visually-hidden'
    this.#status.role = 'status'
    element.append(this.#list, this.#status)
    input.setAttribute('aria-controls', this.#list.id)
    input.setAttribute('aria-autocomplete', 'list')
    input.setAttribute('aria-expanded', 'false')
    this.#listen()
  }

  get #isOpen() {
    return this.#list.matches(':popover-open')
  }

  #listen() {
    this.#input.addEventListener('keydown', (event) => this.#onKey(event))
    this.#input.addEventListener('input', () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#search(this.#input.value), 150)
    })
    this.#input.addEventListener('click', () => this.#openWhole())
    this.#input.addEventListener('blur', () => this.#close())
    // The focus stays in the input while the list is clicked.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault())
    this.#list.addEventListener('click', (event) => this.#take(event.target.closest('[role="option"]')))
    this.#list.addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = this.#list
      if (scrollTop + clientHeight > scrollHeight - 80) this.#loadMore()
    })
    for (const [target, event] of [
      [window, 'resize'],
      [document, 'scroll'],
    ]) {
      target.addEventListener(event, () => this.#isOpen && this.#place(), { capture: true, passive: true })
    }
  }

  #onKey(event) {
    if (event.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!this.#isOpen) this.#openWhole()
      else this.#activate(this.#active + (event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter' && this.#isOpen) {
      this.#take(this.#list.children[this.#active] ?? null)
    } else if (event.key === 'Escape' && this.#isOpen) {
      this.#close()
    } else {
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  /** Which keys are chosen already. */
  mark(keys) {
    this.#chosen = keys
    for (const item of this.#list.children) item.ariaSelected = String(keys.includes(item.dataset.key))
  }

  #openWhole() {
    if (this.#input.disabled || this.#isOpen) return
    this.#input.select()
    this.#search('')
  }

  async #search(term) {
    this.#page = 0
    this.#more = true
    this.#active = -1
    this.term = term
    await this.#load(true)
  }

  #loadMore() {
    if (this.#more && this.#request === undefined) return this.#load(false)
  }

  async #load(fresh) {
    this.#request?.abort()
    const request = new AbortController()
    this.#request = request
    const url = new URL(this.#url, location.href)
    url.searchParams.set('term', this.term)
    url.searchParams.set('page', String(this.#page + 1))
    try {
      const response = await fetch(url, { signal: request.signal, headers: { accept: 'application/json' } })
      if (!response.ok) throw new Error(String(response.status))
      const { results, pagination } = await response.json()
      this.#page += 1
      this.#more = pagination.more
      this.#showResults(results, fresh)
    } catch (error) {
      if (error.name !== 'AbortError') this.#showNote(this.#texts.textFailed)
    } finally {
      if (this.#request === request) this.#request = undefined
    }
  }

  #showResults(results, fresh) {
    if (document.activeElement !== this.#input) return
    if (fresh) this.#list.replaceChildren()
    this.#list.append(...results.map(({ id, text }) => this.#option(String(id), text)))
    const count = this.#list.children.length
    if (count === 0) return this.#showNote(this.#texts.textNone)
    this.#status.textContent = this.#texts.textCount.replace('%s', this.#more ? `${count}+` : count)
    this.#open()
    if (fresh) this.#activate(this.term === '' ? -1 : 0)
  }

  /** In place of options: told as a status, and seen in the list. */
  #showNote(text) {
    this.#more = false
    const note = document.createElement('li')
    note.className = 'combobox-note'
    note.role = 'option'
    note.ariaDisabled = 'true'
    note.textContent = text
    this.#list.replaceChildren(note)
    this.#status.textContent = text
    this.#open()
  }

  #option(key, text) {
    const item = document.createElement('li')
    item.id = `${this.#list.id}_${this.#list.children.length}_${encodeURIComponent(key)}`
    item.role = 'option'
    item.dataset.key = key
    item.ariaSelected = String(this.#chosen.includes(key))
    item.textContent = text
    return item
  }

  #activate(index) {
    const options = this.#list.children
    if (index >= options.length - 3) this.#loadMore()
    this.#active = Math.max(-1, Math.min(index, options.length - 1))
    for (const [place, item] of [...options].entries()) item.classList.toggle('active', place === this.#active)
    const active = options[this.#active]
    if (active?.id) this.#input.setAttribute('aria-activedescendant', active.id)
    else this.#input.removeAttribute('aria-activedescendant')
    active?.scrollIntoView({ block: 'nearest' })
  }

  #take(item) {
    if (item?.dataset.key === undefined) return
    this.#choose(item.dataset.key, item.textContent)
    this.#close()
  }

  #open() {
    if (!this.#isOpen) this.#list.showPopover()
    this.#input.setAttribute('aria-expanded', 'true')
    this.#place()
  }

  #close() {
    clearTimeout(this.#timer)
    this.#request?.abort()
    if (this.#isOpen) this.#list.hidePopover()
    this.#input.setAttribute('aria-expanded', 'false')
    this.#input.removeAttribute('aria-activedescendant')
    this.#active = -1
  }

  /** Under the input, or above it where there is more room. */
  #place() {
    const { left, top, bottom, width } = this.#input.getBoundingClientRect()
    const below = innerHeight - bottom - 12
    const above = top - 12
    const upward = below < 200 && above > below
    const { style } = this.#list
    style.left = `${left}px`
    style.width = `${width}px`
    style.maxHeight = `${Math.min(320, upward ? above : below)}px`
    style.top = upward ? 'auto' : `${bottom + 4}px`
    style.bottom = upward ? `${innerHeight - top + 4}px` : 'auto'
  }
}
