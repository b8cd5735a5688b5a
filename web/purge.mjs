// Prints what the pages of a site use of a style sheet. See styles.py.
import { readFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const { css, root } = JSON.parse(readFileSync(0, "utf8"));
const [{ css: used }] = await new PurgeCSS().purge({
  content: [`${root}/**/*.html`, `${root}/_static/*.js`, `${root}/_static/scripts/*theme.js`],
  css: [{ raw: css }],
  fontFace: true,
  keyframes: true,
  variables: true,
  // What Bootstrap's script sets while a reader moves about.
  safelist: { standard: ["show", "showing", "hiding", "fade", /^collaps/, /^bs-tooltip/], greedy: [/^tooltip/] },
  blocklist: [/^fa[srb]?(-|$)/], // icons of Font Awesome; see pages.py
});
process.stdout.write(used);
