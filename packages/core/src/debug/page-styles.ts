import { Markup } from './markup.ts'

/** What the framework's own pages share: colours for light and dark, type, nothing fetched. */
export const baseStyles: Markup = new Markup(`
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
.wrap { width: min(100% - 2rem, 68rem); margin-inline: auto; }
a { color: var(--sky); text-underline-offset: .18em; }
h1, h2, h3, p, ol, ul, dl, dd { margin: 0; }
ol, ul { padding: 0; list-style: none; }
code, pre, .mono { font-family: var(--mono); font-size: .875em; }
button, summary { font: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--sky); outline-offset: 2px; border-radius: 4px; }
.cloud { width: 1.9rem; height: 1.2rem; fill: currentColor; flex: none; }

h1, h3 { overflow-wrap: anywhere; white-space: pre-wrap; text-wrap: pretty; }
h1 { margin-top: 1.6rem; font-size: clamp(1.35rem, 1rem + 1.7vw, 1.95rem); font-weight: 650; line-height: 1.3; letter-spacing: -.012em; }
.lead { max-width: 46rem; margin-top: .75rem; color: var(--muted); font-size: 1.05rem; }
.foot { margin-top: 2.5rem; color: var(--muted); font-size: .88rem; }
`)

/** The pages that visitors see when a project has none of its own. */
export const plainStyles: Markup = new Markup(`
.plain { display: grid; place-items: center; min-height: 100svh; padding: 2rem 1.25rem; text-align: center; }
.plain .cloud { width: 5rem; height: auto; color: var(--line); }
.plain .number { margin-top: 1rem; color: var(--muted); font-size: .95rem; }
.plain h1 { margin-top: .25rem; }
.plain .lead { max-width: 30rem; margin-inline: auto; text-wrap: balance; }
`)

/** The page of a project without URL patterns. */
export const welcomeStyles: Markup = new Markup(`
.welcome { min-height: 100svh; background: linear-gradient(light-dark(#cfe6f8, #0f1d2e), var(--ground) 34rem) no-repeat var(--ground); }
.welcome .wrap { width: min(100% - 2rem, 56rem); }
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
.steps pre { margin: auto 0 0; padding: .65rem; font-size: .75rem; background: var(--sunken); border-radius: 8px; overflow-x: auto; line-height: 1.5; }
`)
