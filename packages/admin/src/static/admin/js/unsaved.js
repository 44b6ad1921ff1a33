// Asks before what was typed is left behind.
const form = document.querySelector('[data-main-form]')
let isEdited = false

if (form !== null) {
  const edited = () => {
    isEdited = true
  }
  form.addEventListener('input', edited)
  form.addEventListener('change', edited)
  form.addEventListener('submit', () => {
    isEdited = false
  })
  window.addEventListener('beforeunload', (event) => {
    if (isEdited) event.preventDefault()
  })
}
