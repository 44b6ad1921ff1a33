import { Markup } from './markup.ts'

/** The pages that show an error or a 404 while `debug` is on, from a phone's width up. */
export const reportStyles: Markup = new Markup(`
.masthead { background: linear-gradient(light-dark(#e2eef9, #182a3d), var(--ground)); padding: 1.25rem 0 1.75rem; }
.error .masthead { background: linear-gradient(light-dark(#fbe9ea, #33202a), var(--ground)); }
.line-of-request { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem .75rem; color: var(--muted); font-size: .9rem; }
.line-of-request .cloud { color: var(--sky); }
.error .line-of-request .cloud { color: var(--alarm); }
.line-of-request .status { font-weight: 650; color: var(--ink); }
.line-of-request .target { overflow-wrap: anywhere; }
.line-of-request button { margin-left: auto; padding: .25rem .75rem; color: var(--ink); background: var(--surface); border: 1px solid var(--line); border-radius: 999px; font-size: .85rem; }
h3 { font-size: 1.15rem; font-weight: 600; line-height: 1.4; }
.kind-of-error { display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin-top: 1.6rem; color: var(--alarm); font-family: var(--mono); font-weight: 600; }
.kind-of-error .code { color: var(--muted); font-weight: 400; }
.kind-of-error + h1 { margin-top: .35rem; }
h2 + .kind-of-error { margin-top: 0; }
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
.template > .where { padding: .6rem 1rem; font-family: var(--mono); font-size: .84rem; font-weight: 600; overflow-wrap: anywhere; }

.values { display: grid; grid-template-columns: minmax(9rem, 17rem) minmax(0, 1fr); }
.values > div { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; gap: 1rem; padding: .45rem 1rem; }
.values > div + div { border-top: 1px solid var(--line); }
.values dt { color: var(--muted); font-family: var(--mono); font-size: .84rem; overflow-wrap: anywhere; }
.values dd { font-family: var(--mono); font-size: .84rem; overflow-wrap: anywhere; white-space: pre-wrap; }
.group-name { padding: .5rem 1rem; background: var(--sunken); color: var(--muted); font-size: .85rem; font-weight: 600; }

.routes li { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: .1rem 1rem; padding: .5rem 1rem; }
.routes code { overflow-wrap: anywhere; }
.routes .name { color: var(--muted); font-size: .9rem; overflow-wrap: anywhere; }

@media (max-width: 40rem) {
  .line-of-request button { margin-left: 0; }
  .values, .values > div { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
  .routes li { grid-template-columns: minmax(0, 1fr); }
  .source .row > b { width: 3rem; padding-right: .7rem; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`)
