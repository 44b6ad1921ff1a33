// Adding and changing a related row in a window of its own, which tells what became of it.
const opened = new Map()

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-related]')
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  const url = new URL(link.href)
  url.searchParams.set('_popup', '1')
  const popup = window.open(url, `nuages_${link.dataset.for}`, 'popup,width=760,height=820,resizable,scrollbars')
  if (popup === null) return
  event.preventDefault()
  opened.set(popup, link.dataset.for)
  popup.focus()
})

window.addEventListener('message', ({ origin, source, data }) => {
  const id = opened.get(source)
  if (origin !== location.origin || id === undefined) return
  opened.delete(source)
  const field = document.getElementById(id)
  const combobox = field?.closest('[data-autocomplete]')
  if (combobox) combobox.dispatchEvent(new CustomEvent('admin:related', { detail: data }))
  else if (field instanceof HTMLSelectElement) updateSelect(field, data)
  else if (field !== null) field.value = data.value
})

function updateSelect(select, { action, value, text, newValue = value }) {
  const option = [...select.options].find((candidate) => candidate.value === value)
  if (action === 'add' || action === 'choose') {
    if (option) option.selected = true
    else select.append(new Option(text, value, true, true))
  } else if (option && action === 'change') {
    option.text = text
    option.value = newValue
  } else if (option && action === 'delete') {
    option.remove()
  }
  select.dispatchEvent(new Event('change', { bubbles: true }))
}

// The link to the chosen row follows the choice.
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof Element)) return
  const id = target.closest('[data-autocomplete]')?.querySelector('[role="combobox"]')?.id ?? target.id
  if (id === '') return
  for (const link of document.querySelectorAll(`[data-related="change"][data-for="${CSS.escape(id)}"]`)) {
    link.hidden = !target.value
    if (target.value) link.href = link.dataset.urlTemplate.replace('__key__', quoteKey(target.value))
  }
})

/** A key as a part of a path, as the server's `quoteKey` writes it. */
function quoteKey(key) {
  const special = /^\.\.?$/.test(key) ? /\./g : /[:/_#?;@&=+$,"[\]<>%\n\\]/g
  const quoted = key.replace(special, (character) => {
    return `_${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
  return encodeURIComponent(quoted)
}
