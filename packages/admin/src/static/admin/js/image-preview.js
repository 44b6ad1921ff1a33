// Shows an image that was chosen before it is sent.
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.type !== 'file' || !target.accept.startsWith('image/')) return
  const field = target.parentElement
  const shown = field.querySelector('img.preview')
  const [file] = target.files
  if (shown?.src.startsWith('blob:')) URL.revokeObjectURL(shown.src)
  if (file === undefined) {
    if (shown?.dataset.saved) shown.src = shown.dataset.saved
    else shown?.remove()
    return
  }
  const image = shown ?? document.createElement('img')
  if (shown !== null && !shown.src.startsWith('blob:')) shown.dataset.saved = shown.src
  image.className = 'preview'
  image.alt = file.name
  image.src = URL.createObjectURL(file)
  if (shown === null) target.after(image)
})

// The image that is stored already.
for (const input of document.querySelectorAll('input[type="file"][accept^="image/"]')) {
  const link = input.parentElement.querySelector('.stored-file > a')
  if (link === null) continue
  const image = document.createElement('img')
  image.className = 'preview'
  image.alt = ''
  image.src = link.href
  input.after(image)
}
