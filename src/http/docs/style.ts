/** How the documentation looks: in light and dark, on narrow screens and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font: 14px/1.5 ui-monospace, monospace; background: var(--soft); border-radius: 4px; }
code { padding: 0 .25em; overflow-wrap: anywhere; }
pre { padding: .75em 1em; overflow-x: auto; }
pre code { padding: 0; background: none; }
section { border-top: 1px solid var(--line); margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3em .75em .3em 0; border-bottom: 1px solid var(--line); }
h2 code { font-size: 1.1rem; }
td:first-child { white-space: nowrap; }
nav ul { columns: 18rem; padding-left: 1.2em; }
`
