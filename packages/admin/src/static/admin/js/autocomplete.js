// Makes comboboxes of the inputs for keys: those there are, and those of rows that are added.
import { Combobox } from './combobox.js'

function upgrade(root) {
  for (const element of root.querySelectorAll('[data-autocomplete]')) new Combobox(element)
}

upgrade(document)
document.addEventListener('admin:row-added', (event) => upgrade(event.target))
