// The change list: selecting rows, counting what was changed, choosing a row for the window that opened this one.
const form = document.querySelector('[data-list-form]')
const all = document.querySelector('[data-select-all]')

if (form !== null) {
  const boxes = [...form.querySelectorAll('.row-select')]
  let last
  // Shift extends a selection from the box clicked before to this one.
  form.addEventListener('click', (event) => {
    const box = event.target.closest('.row-select')
    if (box === null) return
    if (event.shiftKey && last !== undefined) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b)
      for (const between of boxes.slice(from, to + 1)) between.checked = box.checked
    }
    last = box
    tellSelected(boxes)
  })
  all?.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked
    tellSelected(boxes)
  })
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('.row-select, .select-all')) event.preventDefault()
  })
  tellSelected(boxes)
  countChanges()
}

function tellSelected(boxes) {
  const count = boxes.filter((box) => box.checked).length
  if (all !== null) {
    all.checked = count > 0 && count === boxes.length
    all.indeterminate = count > 0 && count < boxes.length
  }
  const across = form.querySelector('[name="select_across"]')
  if (across !== null && count < boxes.length) across.checked = false
  const teller = form.querySelector('[data-selected-count]')
  if (teller !== null) teller.textContent = counted(teller, count)
}

function counted(teller, count) {
  if (count === 0) return ''
  return count === 1 ? teller.dataset.one : teller.dataset.many.replace('%s', count)
}

/** Tells how many rows were edited, and asks before they are left behind. */
function countChanges() {
  const teller = form.querySelector('[data-change-count]')
  if (teller === null) return
  const changed = new Set()
  form.addEventListener('input', (event) => {
    const row = event.target.closest('tbody tr')
    if (row === null || event.target.matches('.row-select')) return
    const edited = [...row.querySelectorAll('.cell-field :is(input, select, textarea)')].some(isEdited)
    row.classList.toggle('edited', edited)
    if (edited) changed.add(row)
    else changed.delete(row)
    teller.textContent = counted(teller, changed.size)
  })
  let leaving = false
  form.addEventListener('submit', () => {
    leaving = true
  })
  window.addEventListener('beforeunload', (event) => {
    if (changed.size > 0 && !leaving) event.preventDefault()
  })
}

function isEdited(control) {
  if (control.type === 'checkbox' || control.type === 'radio') return control.checked !== control.defaultChecked
  if (control instanceof HTMLSelectElement)
    return [...control.options].some((option) => option.selected !== option.defaultSelected)
  return control.value !== control.defaultValue
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-choose]')
  if (link === null || window.opener === null) return
  event.preventDefault()
  const { choose: value, chooseLabel: text } = link.dataset
  window.opener.postMessage({ action: 'choose', value, text }, location.origin)
  window.close()
})
