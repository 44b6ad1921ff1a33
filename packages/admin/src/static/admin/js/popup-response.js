// Hands what was saved to the window that opened this one.
if (window.opener !== null) {
  window.opener.postMessage(JSON.parse(document.body.dataset.popupResult), location.origin)
  window.close()
}
