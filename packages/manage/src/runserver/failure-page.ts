const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** What a browser shows while the project cannot be loaded: the terminal's words. It reloads by itself once it can. */
export function failurePage(output: string): string {
  const text = output.replace(/[&<>"']/g, (character) => escapes[character]!)
  const headline =
    /^.*\b(?:\w*Error|ImproperlyConfigured|NotSetUp)\b.*$/m.exec(text)?.[0]?.trim() ?? 'The project stopped.'
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>The project does not load</title>
<style>
:root { color-scheme: light dark; --ink: light-dark(#1d2430, #e8ecf3); --soft: light-dark(#586274, #a3adbd); --ground: light-dark(#f6f8fb, #12161d);
  --card: light-dark(#fff, #1a202a); --line: light-dark(#dde3ec, #2c3442); --accent: light-dark(#b3261e, #ff8a80) }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif }
main { max-width: 62rem; margin: 0 auto; padding: clamp(1.25rem, 5vw, 4rem) }
p.kicker { margin: 0; color: var(--accent); font-weight: 600 }
h1 { margin: .25rem 0 1rem; font-size: clamp(1.25rem, 3vw, 1.75rem); line-height: 1.3; overflow-wrap: anywhere }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; overflow: auto; font: 13px/1.6 ui-monospace, monospace }
p.note { color: var(--soft) }
</style>
<main>
<p class="kicker">The project does not load</p>
<h1>${headline}</h1>
<pre tabindex="0">${text.trim()}</pre>
<p class="note">Save a change and this page comes back by itself: runserver is watching.</p>
</main>
</html>
`
}
