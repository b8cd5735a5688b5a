// Sets formulas with KaTeX: one JSON line in for each formula, one JSON line out. See maths.py.
// The source of a formula, which KaTeX keeps inside its MathML, is left out: it would be copied along with the formula.
import { createInterface } from "node:readline";
import katex from "katex";

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    const html = katex.renderToString(tex, { displayMode: display, strict: "error" });
    answer = { html: html.replace(/<semantics>(.*?)<annotation.*<\/semantics>/s, "$1") };
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
