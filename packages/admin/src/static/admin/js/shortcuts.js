// "/" goes to the search, Ctrl S saves, Ctrl K jumps to any page. Command is Control on Apple's keyboards.
const opener = document.querySelector('[data-palette-open]')
const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

if (isApple && opener) {
  const key = opener.querySelector('kbd')
  if (key) key.textContent = '⌘ K'
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return
  const withControl = (isApple ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey
  if (withControl && event.key.toLowerCase() === 's') {
    const save = document.querySelector('[aria-keyshortcuts="Control+S"]')
    if (save === null) return
    event.preventDefault()
    save.form.requestSubmit(save)
  } else if (withControl && event.key.toLowerCase() === 'k' && opener) {
    event.preventDefault()
    openPalette()
  } else if (event.key === '/' && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) {
    const search = document.querySelector('[data-search]')
    if (search === null) return
    event.preventDefault()
    search.focus()
    search.select()
  }
})

opener?.addEventListener('click', openPalette)

async function openPalette() {
  const { open } = await import('./palette.js')
  open()
}

function isTyping(target) {
  return target instanceof Element && target.closest('input, select, textarea, [contenteditable]') !== null
}
