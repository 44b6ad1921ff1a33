import { Markup } from './markup.ts'

/** The look of the framework's own pages: light and dark, from a phone's width up, nothing fetched. */
export const pageStyles: Markup = new Markup(`
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f7fa, #10161e);
  --surface: light-dark(#ffffff, #18212c);
  --sunken: light-dark(#f0f4f8, #131b25);
  --ink: light-dark(#172231, #e4ebf3);
  --muted: light-dark(#55657a, #97a8bc);
  --line: light-dark(#dbe3ec, #2a3747);
  --sky: light-dark(#0f64a8, #7cc0f5);
  --sky-soft: light-dark(#e3f0fb, #17304a);
  --alarm: light-dark(#b4232f, #ff9c94);
  --alarm-soft: light-dark(#fdebec, #3a2024);
  --leaf: light-dark(#0d6b4b, #74d3ad);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif;
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 var(--sans); -webkit-text-size-adjust: 100%; }
.wrap { width: min(100% - 2.5rem, 68rem); margin-inline: auto; }
a { color: var(--sky); text-underline-offset: .18em; }
h1, h2, h3, p, ol, ul, dl, dd { margin: 0; }
ol, ul { padding: 0; list-style: none; }
code, pre, .mono { font-family: var(--mono); font-size: .875em; }
button, summary { font: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--sky); outline-offset: 2px; border-radius: 4px; }
.cloud { width: 1.9rem; height: 1.2rem; fill: currentColor; flex: none; }

.masthead { background: linear-gradient(light-dark(#e2eef9, #182a3d), var(--ground)); padding: 1.25rem 0 1.75rem; }
.error .masthead { background: linear-gradient(light-dark(#fbe9ea, #33202a), var(--ground)); }
.line-of-request { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem .75rem; color: var(--muted); font-size: .9rem; }
.line-of-request .cloud { color: var(--sky); }
.error .line-of-request .cloud { color: var(--alarm); }
.line-of-request .status { font-weight: 650; color: var(--ink); }
.line-of-request .target { overflow-wrap: anywhere; }
.line-of-request button { margin-left: auto; padding: .25rem .75rem; color: var(--ink); background: var(--surface); border: 1px solid var(--line); border-radius: 999px; font-size: .85rem; }
h1, h3 { overflow-wrap: anywhere; white-space: pre-wrap; text-wrap: pretty; }
h3 { font-size: 1.15rem; font-weight: 600; line-height: 1.4; }
h1 { margin-top: 1.6rem; font-size: clamp(1.35rem, 1rem + 1.7vw, 1.95rem); font-weight: 650; line-height: 1.3; letter-spacing: -.012em; }
.kind-of-error { display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin-top: 1.6rem; color: var(--alarm); font-family: var(--mono); font-weight: 600; }
.kind-of-error .code { color: var(--muted); font-weight: 400; }
.kind-of-error + h1 { margin-top: .35rem; }
h2 + .kind-of-error { margin-top: 0; }
.lead { max-width: 46rem; margin-top: .75rem; color: var(--muted); font-size: 1.05rem; }
.hint { max-width: 52rem; margin-top: 1.1rem; padding: .8rem 1rem; background: var(--sky-soft); border-radius: 10px; overflow-wrap: anywhere; }
.hint strong { color: var(--sky); }

main { padding-bottom: 4rem; }
section { margin-top: 2.25rem; }
section.tight { margin-top: 0; }
h2 { margin-bottom: .75rem; font-size: 1.1rem; font-weight: 650; }
h2 .aside { margin-left: .4rem; color: var(--muted); font-weight: 400; font-size: .9rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.card > * + * { border-top: 1px solid var(--line); }

summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; padding: .6rem 1rem; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ''; width: .42rem; height: .42rem; border: solid var(--muted); border-width: 0 1.5px 1.5px 0; rotate: -45deg; translate: 0 -.12rem; transition: rotate .12s; }
details[open] > summary::before { rotate: 45deg; }
summary:hover { background: var(--sunken); }
summary .where { font-family: var(--mono); font-size: .84rem; overflow-wrap: anywhere; }
summary .in { color: var(--muted); font-size: .9rem; overflow-wrap: anywhere; }
.project > summary .where { font-weight: 600; }
.others > summary { color: var(--muted); font-size: .9rem; }
.others > ol { border-top: 1px solid var(--line); background: var(--sunken); }
.others > ol > li + li { border-top: 1px solid var(--line); }
.others summary { padding-left: 1.5rem; }
.bare { padding: .5rem 1rem .5rem 2.7rem; color: var(--muted); }
.bare .where { font-family: var(--mono); font-size: .84rem; overflow-wrap: anywhere; }

.source { margin: 0; padding: .6rem 0; background: var(--sunken); border-top: 1px solid var(--line); overflow-x: auto; font: .84rem/1.65 var(--mono); tab-size: 2; }
.source .row { display: flex; width: max-content; min-width: 100%; padding-right: 1rem; }
.source .row > b { flex: none; width: 4rem; padding-right: 1rem; color: var(--muted); font-weight: 400; text-align: right; user-select: none; }
.source .row > span { white-space: pre; }
.source .current { background: var(--alarm-soft); box-shadow: inset 3px 0 var(--alarm); }
.source .current > b { color: var(--alarm); font-weight: 600; }
.source mark { color: inherit; background: none; text-decoration: underline 2px var(--alarm); text-underline-offset: .25em; }
.template .where { padding: .6rem 1rem; font-family: var(--mono); font-size: .84rem; font-weight: 600; overflow-wrap: anywhere; }

.values { display: grid; grid-template-columns: minmax(9rem, 17rem) minmax(0, 1fr); }
.values > div { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; gap: 1rem; padding: .45rem 1rem; }
.values > div + div { border-top: 1px solid var(--line); }
.values dt { color: var(--muted); font-family: var(--mono); font-size: .84rem; overflow-wrap: anywhere; }
.values dd { font-family: var(--mono); font-size: .84rem; overflow-wrap: anywhere; white-space: pre-wrap; }
.group-name { padding: .5rem 1rem; background: var(--sunken); color: var(--muted); font-size: .85rem; font-weight: 600; }
.foot { margin-top: 2.5rem; color: var(--muted); font-size: .88rem; }

.routes li { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: .1rem 1rem; padding: .5rem 1rem; }
.routes code { overflow-wrap: anywhere; }
.routes .name { color: var(--muted); font-size: .9rem; overflow-wrap: anywhere; }

.welcome { min-height: 100svh; background: linear-gradient(light-dark(#cfe6f8, #0f1d2e), var(--ground) 34rem) no-repeat var(--ground); }
.welcome .wrap { width: min(100% - 2.5rem, 56rem); }
.sky { position: relative; height: clamp(7rem, 20vw, 13rem); overflow: hidden; }
.sky .cloud { position: absolute; height: auto; color: light-dark(#fff, #22364d); }
.sky .cloud:nth-child(1) { width: min(11rem, 26vw); left: 6%; top: 34%; opacity: .85; }
.sky .cloud:nth-child(2) { width: min(17rem, 40vw); right: 4%; top: 12%; }
.sky .cloud:nth-child(3) { width: min(7rem, 15vw); left: 40%; top: 50%; opacity: .7; }
.welcome h1 { margin-top: 0; font-size: clamp(1.8rem, 1.2rem + 3vw, 2.9rem); letter-spacing: -.025em; line-height: 1.15; text-wrap: balance; }
.welcome .lead { font-size: 1.15rem; }
.steps { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; margin-top: 2.25rem; counter-reset: step; }
.steps li { display: flex; flex-direction: column; padding: 1.1rem 1.2rem 1.25rem; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; min-width: 0; }
.steps strong { margin-bottom: .3rem; font-weight: 650; }
.steps p { color: var(--muted); font-size: .95rem; }
.steps p { padding-bottom: .8rem; }
pre code { font-size: inherit; }
.steps pre { margin: auto 0 0; font-size: .8rem; padding: .65rem .8rem; background: var(--sunken); border-radius: 8px; overflow-x: auto; line-height: 1.5; }

.plain { display: grid; place-items: center; min-height: 100svh; padding: 2rem 1.25rem; text-align: center; }
.plain .cloud { width: 5rem; height: auto; color: var(--line); }
.plain .number { margin-top: 1rem; color: var(--muted); font-size: .95rem; }
.plain h1 { margin-top: .25rem; }
.plain .lead { max-width: 30rem; margin-inline: auto; text-wrap: balance; }

@media (max-width: 40rem) {
  .wrap, .welcome .wrap { width: calc(100% - 2rem); }
  .line-of-request button { margin-left: 0; }
  .values, .values > div { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
  .routes li { grid-template-columns: minmax(0, 1fr); }
  .source .row > b { width: 3rem; padding-right: .7rem; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`)

/** Copies what a button names in `data-copies` to the clipboard. */
export const pageScript: Markup = new Markup(`<script>
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copies]')
  if (!button) return
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent)
  button.textContent = 'Copied'
})
</script>`)
