// The palette: every list and every "add" of the navigation, found by typing.
import { icon } from './icon.js'

const dialog = document.querySelector('#palette')
const input = dialog.querySelector('input')
const list = dialog.querySelector('[role="listbox"]')
const nothing = dialog.querySelector('[data-nothing]')
const targets = [...document.querySelectorAll('#nav .nav-model')].flatMap(targetsOf)
let active = 0

export function open() {
  document.querySelector('#nav:popover-open')?.hidePopover()
  if (dialog.open) return
  input.value = ''
  show()
  dialog.showModal()
}

function targetsOf(item) {
  const section = item.closest('.nav-app').querySelector('h2').textContent.trim()
  const list = item.querySelector('a.nav-link')
  const add = item.querySelector('.nav-add')
  return [
    ...(list ? [{ text: list.textContent.trim(), section, url: list.href, sign: 'right' }] : []),
    ...(add ? [{ text: add.getAttribute('aria-label'), section, url: add.href, sign: 'plus' }] : []),
  ]
}

function show() {
  const words = plain(input.value).split(/\s+/).filter(Boolean)
  const found = targets
    .filter(({ text, section }) => words.every((word) => plain(`${text} ${section}`).includes(word)))
    .sort((a, b) => rank(a, words) - rank(b, words))
  list.replaceChildren(...found.map(option))
  list.hidden = found.length === 0
  nothing.hidden = found.length > 0
  input.setAttribute('aria-expanded', String(found.length > 0))
  activate(0)
}

/** Lists before "add", and what starts with the first word before what holds it. */
function rank({ text, sign }, [first = '']) {
  return (plain(text).startsWith(first) ? 0 : 2) + (sign === 'plus' ? 1 : 0)
}

function option({ text, section, url, sign }, index) {
  const item = document.createElement('li')
  item.id = `palette-${index}`
  item.role = 'option'
  item.dataset.url = url
  const label = document.createElement('span')
  label.textContent = text
  const where = document.createElement('span')
  where.className = 'muted'
  where.textContent = section
  item.append(icon(sign), label, where)
  return item
}

function activate(index) {
  const options = [...list.children]
  active = options.length === 0 ? 0 : (index + options.length) % options.length
  for (const [place, item] of options.entries()) item.ariaSelected = String(place === active)
  const chosen = options[active]
  if (chosen === undefined) return input.removeAttribute('aria-activedescendant')
  input.setAttribute('aria-activedescendant', chosen.id)
  chosen.scrollIntoView({ block: 'nearest' })
}

function go(item) {
  if (item === undefined) return
  dialog.close()
  location.assign(item.dataset.url)
}

function plain(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

input.addEventListener('input', show)
input.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') activate(active + 1)
  else if (event.key === 'ArrowUp') activate(active - 1)
  else if (event.key === 'Enter') go(list.children[active])
  else return
  event.preventDefault()
})
list.addEventListener('click', (event) => go(event.target.closest('[role="option"]') ?? undefined))
dialog.addEventListener('click', (event) => {
  if (event.target === dialog) dialog.close()
})
