// A field that follows others, such as a slug its title, until somebody writes into it.
const letters = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

document.addEventListener('input', ({ target, isTrusted }) => {
  if (!(target instanceof Element) || target.id === '') return
  if (isTrusted && target.dataset.prepopulateFrom) target.dataset.touched = ''
  for (const follower of document.querySelectorAll(`[data-prepopulate-from~="${CSS.escape(target.id)}"]`)) {
    follow(follower)
  }
})

function follow(field) {
  // What was there when the page came is somebody's choice.
  if ('touched' in field.dataset || (field.defaultValue !== '' && !('following' in field.dataset))) return
  field.dataset.following = ''
  const sources = field.dataset.prepopulateFrom.split(' ').map((id) => document.getElementById(id))
  const text = sources.map(textOf).filter(Boolean).join(' ')
  const maxLength = Number(field.dataset.prepopulateMaxLength ?? 0) || undefined
  field.value = slug(text, 'prepopulateUnicode' in field.dataset)
    .slice(0, maxLength)
    .replace(/-+$/, '')
}

function textOf(source) {
  if (source instanceof HTMLSelectElement) return source.selectedOptions[0]?.value ? source.selectedOptions[0].text : ''
  return source?.value
}

function slug(text, unicode) {
  const lower = text.trim().toLowerCase()
  const plain = unicode
    ? lower.normalize('NFKC')
    : lower
        .replace(/\P{ASCII}/gu, (letter) => letters[letter] ?? letter)
        .normalize('NFKD')
        .replace(/\P{ASCII}/gu, '')
  return plain
    .replace(/[^\p{L}\p{N}\p{M}_\s-]/gu, '')
    .replace(/[-\s]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
}
