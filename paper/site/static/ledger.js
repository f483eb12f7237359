"use strict";
// Filters of the ledger; the address keeps them, so that a filtered view can be shared.
(() => {
  const field = id => document.getElementById(id);
  const filters = ["search", "chapter", "verdict", "source", "method"].map(field);
  const rows = [...document.querySelectorAll("#ledger tbody tr")];

  function wanted(row) {
    const [search, chapter, verdict, source, method] = filters.map(f => f.value.trim());
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return words.every(word => row.dataset.words.includes(word))
      && (!chapter || row.dataset.chapter === chapter) && (!verdict || row.dataset.verdict === verdict)
      && (!source || row.dataset.source === source) && (!method || row.dataset.method.split(" ").includes(method));
  }

  function update() {
    let shown = 0;
    for (const row of rows) { row.hidden = !wanted(row); shown += !row.hidden; }
    field("shown").textContent = shown === rows.length ? `${shown} claims` : `${shown} of ${rows.length} claims`;
    field("none").hidden = shown > 0;
    const kept = new URLSearchParams(filters.filter(f => f.value).map(f => [f.id, f.value])).toString();
    history.replaceState(null, "", kept ? "#" + kept : location.pathname);
  }

  const given = new URLSearchParams(location.hash.slice(1));
  for (const filter of filters) {
    if (given.get(filter.id)) filter.value = given.get(filter.id);
    filter.addEventListener("input", update);
  }
  field("clear").addEventListener("click", () => { for (const f of filters) f.value = ""; update(); field("search").focus(); });
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { event.preventDefault(); field("search").focus(); }
  });
  update();
})();
