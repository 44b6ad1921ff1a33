/** Of the pages of a folder: colours for light and dark, a table that becomes a list on a phone, nothing fetched. */
export const listingStyles: string = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f7fa, #10161e);
  --surface: light-dark(#ffffff, #18212c);
  --hover: light-dark(#f3f8fd, #1c2937);
  --ink: light-dark(#172231, #e4ebf3);
  --muted: light-dark(#55657a, #97a8bc);
  --line: light-dark(#dbe3ec, #2a3747);
  --sky: light-dark(#0f64a8, #7cc0f5);
  --sky-soft: light-dark(#d5e8f8, #17304a);
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: linear-gradient(var(--sky-soft), var(--ground) 14rem) no-repeat var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif; -webkit-text-size-adjust: 100%; }
.wrap { width: min(100% - 2rem, 60rem); margin-inline: auto; padding-block: clamp(1.25rem, 4vw, 3rem) 3rem; }
a { color: var(--sky); text-underline-offset: .18em; }
:focus-visible { outline: 2px solid var(--sky); outline-offset: 2px; border-radius: 4px; }
h1 { margin: 0 0 1.25rem; font-size: clamp(1.25rem, 1rem + 1.4vw, 1.75rem); font-weight: 650; letter-spacing: -.012em; line-height: 1.35; overflow-wrap: anywhere; }
h1 a { text-decoration: none; }
h1 a:hover { text-decoration: underline; }
h1 .slash { color: var(--muted); font-weight: 400; padding-inline: .12em; }
.cloud { display: block; width: 2.4rem; height: 1.5rem; margin-bottom: .6rem; fill: var(--sky); }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .55rem 1rem; text-align: start; font-weight: inherit; }
thead th { font-size: .85rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
thead a { color: var(--muted); text-decoration: none; }
thead a:hover, thead [aria-sort] a { color: var(--ink); text-decoration: underline; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody tr:hover { background: var(--hover); }
tbody th { width: 100%; }
tbody th a { display: flex; gap: .7rem; align-items: center; text-decoration: none; overflow-wrap: anywhere; }
tbody th a:hover span { text-decoration: underline; }
td { color: var(--muted); font-size: .9rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.size { text-align: end; }
.icon { width: 1.15rem; height: 1.15rem; flex: none; fill: none; stroke: var(--muted); stroke-width: 1.6; stroke-linejoin: round; }
.folder .icon { stroke: var(--sky); fill: var(--sky-soft); }
.foot { margin: 1rem 0 0; color: var(--muted); font-size: .88rem; }
.lead { color: var(--muted); margin: 0; }
@media (max-width: 40rem) {
  th, td { padding-inline: .85rem; }
  tbody tr { display: grid; grid-template-columns: auto 1fr; }
  tbody th { grid-column: 1 / -1; padding-bottom: .1rem; }
  tbody td { padding-top: 0; padding-bottom: .6rem; border: 0 !important; font-size: .82rem; }
  tbody .size { grid-row: 2; text-align: start; padding-inline-start: 2.7rem; padding-inline-end: 0; }
  tbody .size:empty { padding-inline-start: 1.85rem; }
  thead, thead tr { display: block; border-bottom: 1px solid var(--line); }
  thead tr { display: flex; border: 0; }
  thead th { padding-inline-end: 0; border: 0; }
}
`
