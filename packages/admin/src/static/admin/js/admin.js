// What every page of the admin has. Each page works without it.
import './messages.js'
import './shortcuts.js'
import './theme.js'
