import { icon } from './icon.js'

// Messages stay until they are read: each gets a button that takes it away.
for (const message of document.querySelectorAll('[data-dismissible]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'dismiss'
  button.setAttribute('aria-label', message.dataset.dismissLabel)
  button.append(icon('close'))
  button.addEventListener('click', () => {
    const messages = message.parentElement
    message.remove()
    if (messages.childElementCount === 0) messages.remove()
    document.querySelector('#content')?.focus()
  })
  message.append(button)
}
