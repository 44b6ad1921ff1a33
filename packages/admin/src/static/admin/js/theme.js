// Light, dark or as the system says: at once, and remembered in the cookie that the server reads, so the next page comes right.
const switches = document.querySelectorAll('[data-theme-switch]')

for (const form of switches) {
  form.addEventListener('submit', (event) => {
    const choice = event.submitter?.value
    if (choice === undefined) return
    event.preventDefault()
    const secure = location.protocol === 'https:' ? '; secure' : ''
    // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing in some browsers, and sends nothing over plain HTTP.
    document.cookie = `nuages_admin_theme=${choice}; path=${form.dataset.path}; max-age=31536000; samesite=lax${secure}`
    show(choice)
  })
}

function show(choice) {
  if (choice === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
  document.querySelector('meta[name="color-scheme"]').content = choice === 'auto' ? 'light dark' : choice
  for (const button of document.querySelectorAll('[data-theme-switch] button')) {
    button.setAttribute('aria-pressed', String(button.value === choice))
  }
}
