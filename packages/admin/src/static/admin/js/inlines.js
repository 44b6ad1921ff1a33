// One more row of another model, and one less. Without the script the blank rows that the server sent are there instead.
const numbered = [
  'id',
  'name',
  'for',
  'aria-describedby',
  'aria-labelledby',
  'aria-controls',
  'data-for',
  'data-prepopulate-from',
  'data-inline-row',
]

for (const inline of document.querySelectorAll('[data-inline]')) start(inline)

function start(inline) {
  const prefix = inline.dataset.inline
  const rows = inline.querySelector('[data-inline-rows]')
  const empty = inline.querySelector('[data-inline-empty]')
  const total = inline.querySelector(`[name="${CSS.escape(`${prefix}-TOTAL_FORMS`)}"]`)
  const button = inline.querySelector('[data-inline-add]')
  if (total === null || rows === null) return

  const count = () => rows.querySelectorAll(':scope > [data-inline-row]').length
  const tell = () => {
    total.value = count()
    if (button !== null) button.hidden = count() >= Number(inline.dataset.max)
    for (const row of rows.querySelectorAll('[data-inline-remove]')) row.hidden = count() <= Number(inline.dataset.min)
  }

  for (const row of rows.querySelectorAll('[data-blank]')) row.remove()
  renumber(rows, prefix)
  tell()

  button?.addEventListener('click', () => {
    const row = empty.content.firstElementChild.cloneNode(true)
    setNumber(row, prefix, count())
    rows.append(row)
    tell()
    row.dispatchEvent(new CustomEvent('admin:row-added', { bubbles: true }))
    row.querySelector('input:not([type="hidden"]), select, textarea')?.focus()
  })

  inline.addEventListener('click', (event) => {
    const remove = event.target.closest('[data-inline-remove]')
    if (remove === null) return
    const row = remove.closest('[data-inline-row]')
    const next = row.nextElementSibling ?? row.previousElementSibling
    row.remove()
    renumber(rows, prefix)
    tell()
    const focus = next?.querySelector('[data-inline-remove]:not([hidden]), input:not([type="hidden"])') ?? button
    focus?.focus()
    total.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

function renumber(rows, prefix) {
  for (const [index, row] of [...rows.querySelectorAll(':scope > [data-inline-row]')].entries()) {
    setNumber(row, prefix, index)
  }
}

/** Writes `number` where a row's names and ids have theirs, or `__prefix__`. */
function setNumber(row, prefix, number) {
  const pattern = new RegExp(`(^|[\\s_])${RegExp.escape?.(prefix) ?? prefix}-(\\d+|__prefix__)(?=$|[\\s_-])`, 'g')
  for (const element of [row, ...row.querySelectorAll('*')]) {
    for (const name of numbered) {
      const value = element.getAttribute(name)
      if (value?.includes(prefix)) element.setAttribute(name, value.replace(pattern, `$1${prefix}-${number}`))
    }
  }
}
