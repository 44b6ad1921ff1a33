// What add and change pages have.
import './image-preview.js'
import './prepopulate.js'
import './related.js'
import './unsaved.js'

// After a failed save, whoever reads with ears or a keyboard starts at what is wrong.
document.querySelector('[data-focus]')?.focus()

// A folded part opens for a field inside that a link of the summary leads to.
document.addEventListener('click', (event) => {
  const target = event.target.closest('.error-summary a[href^="#"]')?.hash
  if (!target) return
  const field = document.getElementById(decodeURIComponent(target.slice(1)))
  if (field === null) return
  event.preventDefault()
  for (let part = field.closest('details'); part !== null; part = part.parentElement.closest('details'))
    part.open = true
  field.focus()
})
