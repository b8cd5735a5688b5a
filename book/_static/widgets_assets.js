// Loaded between RequireJS and the widget library: its fonts are beside it, not on another host.
"use strict";

window.requirejs.config({
  paths: { "@jupyter-widgets/html-manager/dist": new URL("widgets", document.currentScript.src).href },
});
