/** The style of the page: system fonts, one accent, contrast of at least AA in light and dark, its own rules for paper. */
export const PAGE_STYLES = `
:root {
  color-scheme: light dark;
  --ink: #1b1f24; --quiet: #57606a; --line: #d5dae0; --paper: #fff; --shade: #f5f7f9; --accent: #1f4e8c;
  --error: #a3201a; --warning: #7a5200; --info: #44546a; --good: #1c6b3a;
  --error-bg: #fdf0ef; --warning-bg: #fdf6e7; --info-bg: #eef2f6; --good-bg: #eef8f1;
  --heat-1: #e9f0f8; --heat-2: #cfdff1; --heat-3: #a9c6e6; --heat-4: #4573ac; --heat-5: #1f4e8c; --heat-dark: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4e8ed; --quiet: #a3adb8; --line: #3a424b; --paper: #15191e; --shade: #1d2329; --accent: #8fb8ec;
    --error: #ff9d94; --warning: #f0c060; --info: #b4c3d4; --good: #86d6a2;
    --error-bg: #351c1b; --warning-bg: #33290f; --info-bg: #222b35; --good-bg: #17301f;
    --heat-1: #1e2b3a; --heat-2: #25405f; --heat-3: #2d5788; --heat-4: #8fb8ec; --heat-5: #c4dcfa; --heat-dark: #10151a;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; padding: 0 1.25rem 3rem; }
header, main, footer, nav.chapters { max-width: 68rem; margin-inline: auto; }
html[lang=pl] span[lang=en], html[lang=en] span[lang=pl] { display: none; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.015em; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .9rem; letter-spacing: -.01em; }
h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
p { margin: 0 0 .75rem; max-width: 46rem; }
ul { margin: 0 0 .75rem; padding-left: 1.25rem; }
a { color: var(--accent); text-underline-offset: .15em; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus, h2:focus { outline: none; }
code, .hash, .sign, .key { font: .875em/1.4 ui-monospace, "Cascadia Mono", Consolas, "Liberation Mono", monospace; }
.hash { overflow-wrap: anywhere; }
.quiet, .after { color: var(--quiet); font-size: .925rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; display: inline-block; padding: .5rem 0; }
.paper { display: none; }
header { padding: 2rem 0 1rem; }
header p { margin: 0; color: var(--quiet); }
.languages { float: right; display: flex; }
.languages button:first-child { border-radius: 4px 0 0 4px; }
.languages button:last-child { border-radius: 0 4px 4px 0; border-left: 0; }
button[aria-pressed=true] { background: var(--accent); color: var(--paper); border-color: var(--accent); }
abbr { text-decoration: none; }
nav.chapters { border-block: 1px solid var(--line); margin-bottom: 2rem; }
nav.chapters ul { display: flex; flex-wrap: wrap; gap: .15rem 1.4rem; list-style: none; padding: .55rem 0; margin: 0; }
nav.chapters a { text-decoration: none; font-size: .925rem; }
nav.chapters a:hover { text-decoration: underline; }
section { margin: 0 0 3rem; }
.verdict { border: 1px solid var(--line); border-left: 6px solid var(--info); border-radius: 6px; padding: 1.25rem 1.5rem .75rem; margin-bottom: 2.5rem; }
.verdict.good { border-left-color: var(--good); background: var(--good-bg); }
.verdict.bad { border-left-color: var(--error); background: var(--error-bg); }
.verdict h2 { font-size: 1.55rem; margin: 0 0 .5rem; }
.verdict.good .mark { color: var(--good); } .verdict.bad .mark { color: var(--error); }
.verdict h3 { margin-top: .75rem; }
.warn { border: 2px solid var(--error); padding: .75rem 1rem; font-weight: 600; max-width: none; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0; margin: 0 0 1.75rem; border-block: 1px solid var(--line); }
.figures > div { padding: .8rem 1rem .8rem 0; }
.figures dt { color: var(--quiet); font-size: .9rem; }
.figures dd { margin: 0; font-size: 1.6rem; line-height: 1.25; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
.figures small { display: block; font-size: .825rem; color: var(--quiet); letter-spacing: 0; line-height: 1.4; }
table { border-collapse: collapse; font-size: .925rem; font-variant-numeric: tabular-nums; max-width: 100%; }
caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th, thead td { font-weight: 600; color: var(--quiet); font-size: .85rem; vertical-align: bottom; border-bottom: 1px solid var(--quiet); }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }
.num { text-align: right; white-space: nowrap; }
.scroll { overflow-x: auto; margin-bottom: 1rem; }
.columns { columns: 2; column-gap: 3rem; }
.columns > * { break-inside: avoid; margin-bottom: 1.75rem; }
.bars { width: 100%; }
.bars td, .bars th { border-bottom: 0; padding-block: .18rem; }
.bars thead th, .bars thead td { border-bottom: 1px solid var(--line); }
.bar-cell, .bar-head { width: 38%; }
.bar { display: block; width: 100%; height: .8rem; margin-top: .35rem; }
rect.full { fill: var(--accent); } rect.rest { fill: var(--heat-3); }
.chart { margin: 0 0 2rem; }
figcaption { font-weight: 600; margin-bottom: .4rem; }
.years { display: block; max-width: none; }
.years text { font-size: 11px; text-anchor: middle; fill: var(--quiet); font-variant-numeric: tabular-nums; }
.years .value { fill: var(--ink); }
.axis { stroke: var(--quiet); stroke-width: 1; }
.legend { display: flex; gap: 1.25rem; font-size: .9rem; color: var(--quiet); margin: .25rem 0; }
.swatch { width: .75rem; height: .75rem; vertical-align: -.05rem; }
details summary { cursor: pointer; }
.chart details { font-size: .9rem; }
.tag { display: inline-block; font-size: .8rem; font-weight: 600; padding: .05rem .5rem; border-radius: 3px; white-space: nowrap; }
.tag::before { margin-right: .35rem; }
.tag.error { color: var(--error); background: var(--error-bg); } .tag.error::before { content: "■"; }
.tag.warning { color: var(--warning); background: var(--warning-bg); } .tag.warning::before { content: "▲"; }
.tag.info { color: var(--info); background: var(--info-bg); } .tag.info::before { content: "●"; }
.heat th[scope=row] { white-space: nowrap; padding-right: .75rem; }
.heat td { padding: .3rem .55rem; border: 1px solid var(--paper); min-width: 2.75rem; }
.heat thead th { padding-inline: .55rem; } .heat thead th:first-child { padding-left: 0; }
.heat .none { color: var(--quiet); } .heat .sum { font-weight: 600; }
.heat-1 { background: var(--heat-1); } .heat-2 { background: var(--heat-2); } .heat-3 { background: var(--heat-3); }
.heat-4 { background: var(--heat-4); color: var(--heat-dark); } .heat-5 { background: var(--heat-5); color: var(--heat-dark); }
.heat a { text-decoration: none; font: .85em ui-monospace, "Cascadia Mono", Consolas, "Liberation Mono", monospace; }
.heat a:hover { text-decoration: underline; }
.code { border-top: 1px solid var(--line); padding: .55rem 0; }
.code:last-of-type { border-bottom: 1px solid var(--line); }
.code summary { display: grid; grid-template-columns: 1fr; gap: .1rem; }
.code-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .6rem; }
.code-head::after { content: "+"; margin-left: auto; color: var(--quiet); font-size: 1.15rem; line-height: 1; }
.code[open] .code-head::after { content: "−"; }
.code-head .count { font-weight: 700; font-variant-numeric: tabular-nums; min-width: 3.5rem; text-align: right; }
.code-head .tag { min-width: 7.25rem; }
.code-head code { color: var(--quiet); overflow-wrap: anywhere; }
.kind { font-weight: 500; }
.code .facts { margin: .75rem 0; }
.facts { margin: 0; display: grid; gap: .4rem; }
.facts > div { display: grid; grid-template-columns: 12rem 1fr; gap: .25rem 1rem; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; max-width: 46rem; overflow-wrap: anywhere; }
.cure dd { font-weight: 500; }
.value { display: block; color: var(--quiet); font-size: .85rem; overflow-wrap: anywhere; }
.sign { white-space: nowrap; }
td > .key { display: block; color: var(--quiet); overflow-wrap: anywhere; }
.filters { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; margin-bottom: 1rem; padding: 1rem; background: var(--shade); border-radius: 6px; }
.filters label { display: grid; gap: .2rem; flex: 1 1 9rem; min-width: 0; }
.filters .wide { flex: 2 1 16rem; }
.filters span { font-size: .85rem; color: var(--quiet); }
input, select, button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--quiet); border-radius: 4px; padding: .35rem .6rem; min-height: 2.25rem; max-width: 100%; }
select { width: 100%; }
button { cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--accent); color: var(--accent); }
button[aria-pressed=true]:hover:not(:disabled) { color: var(--paper); }
button:disabled { opacity: .5; cursor: default; }
.link, th button { border: 0; background: none; padding: 0; min-height: 0; text-decoration: underline; text-underline-offset: .15em; color: var(--accent); }
th button { color: inherit; font-weight: 600; text-decoration: none; white-space: nowrap; padding: .25rem 0; }
th[aria-sort=ascending] button::after { content: " ↑"; } th[aria-sort=descending] button::after { content: " ↓"; }
#list-count { margin-bottom: .5rem; font-weight: 600; }
.list { width: 100%; min-width: 52rem; }
.list caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.list { table-layout: fixed; } .list td { overflow-wrap: anywhere; } .list .sign { white-space: normal; }
.list th:nth-child(1) { width: 7.5rem; } .list th:nth-child(2) { width: 11rem; } .list th:nth-child(3) { width: 5rem; } .list th:nth-child(4) { width: 3.5rem; }
.list th:nth-child(5) { width: 9.5rem; } .list th:nth-child(6) { width: 11rem; }
.pages { display: flex; gap: 1rem; align-items: center; margin-bottom: 1rem; }
.dense thead .num { white-space: normal; } .dense .quiet { font-size: inherit; }
table .by-hand { min-width: 11rem; }
.remarks { border-bottom: 1px dotted var(--quiet); height: 3.5rem; margin-bottom: 1rem; }
.signatures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 2rem; break-inside: avoid; }
.signatures .line { border-bottom: 1px solid var(--ink); height: 4.5rem; margin-bottom: .4rem; }
.signatures p { font-size: .875rem; }
footer { border-top: 1px solid var(--line); padding-top: .75rem; color: var(--quiet); font-size: .875rem; }
@media (max-width: 44rem) {
  body { padding-inline: 1rem; }
  h1 { font-size: 1.5rem; } .verdict { padding: 1rem 1rem .5rem; } .verdict h2 { font-size: 1.3rem; }
  .columns { columns: 1; } .bar-cell, .bar-head { width: 30%; }
  .figures { grid-template-columns: 1fr 1fr; } .figures dd { font-size: 1.35rem; }
  .facts > div { grid-template-columns: 1fr; gap: 0; }
  .code-head .count, .code-head .tag { min-width: 0; }
  .list { min-width: 0; } .cards tr { display: flex; flex-wrap: wrap; gap: .15rem .75rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .cards th, .cards td { border: 0; padding: 0; } .cards td:last-child { flex-basis: 100%; min-width: 0; } .cards td > .key { display: inline; margin-left: .35rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  @page { size: A4; margin: 15mm 14mm; }
  :root { color-scheme: light; --ink: #000; --quiet: #444; --line: #bbb; --paper: #fff; --shade: #fff; --accent: #1f4e8c; --error: #8f1a15; --warning: #6a4700; --info: #38465a; --good: #155a2f;
    --error-bg: #fff; --warning-bg: #fff; --info-bg: #fff; --good-bg: #fff; --heat-1: #edf2f8; --heat-2: #dae6f3; --heat-3: #bfd3ea; --heat-4: #a3c0e0; --heat-5: #86acd6; --heat-dark: #000; }
  html { font-size: 9.5pt; } body { padding: 0; } header { padding: 0 0 .5rem; }
  .screen, .skip, noscript { display: none !important; } .paper { display: block; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { margin-bottom: 1.5rem; } h2, h3, caption, figcaption { break-after: avoid; }
  tr, .code summary, .figures, figure, .verdict { break-inside: avoid; } thead { display: table-header-group; }
  .scroll { overflow: visible; } .list { min-width: 0; } .list th:nth-child(n) { width: auto; } .list th:nth-child(2), .list th:nth-child(5), .list th:nth-child(6) { width: 16%; } .list th:last-child { width: 30%; }
  .chart details { display: none; } .years { max-width: 100%; height: auto; }
  .dense { font-size: .75rem; } .dense th, .dense td { padding-right: .3rem; } .dense thead th { font-size: .64rem; padding-right: .25rem; } .dense caption { font-size: .9rem; }
  .tag { padding-inline: 0; } .code-head::after { content: none; }
  .heat td, .heat thead th { padding: .12rem .28rem; min-width: 0; } .heat { font-size: .75rem; } .heat th[scope=row] { padding-right: .3rem; }
  details::details-content { content-visibility: visible; }
  a { color: inherit; text-decoration: none; }
}
`;
