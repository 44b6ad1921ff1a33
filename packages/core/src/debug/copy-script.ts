/** Copies what a button names in `data-copies` to the clipboard. */
export const copyScript = `
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copies]')
  if (!button) return
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent)
  button.textContent = 'Copied'
})
`
