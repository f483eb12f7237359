"use strict";
// Zoom, move, point and find in the graph; without this script the graph is still whole and its links work.
(() => {
  const svg = document.getElementById("graph"), canvas = document.getElementById("canvas"), find = document.getElementById("find");
  const whole = { x: 0, y: 0, w: +svg.dataset.width, h: +svg.dataset.height };
  const nodes = [...svg.querySelectorAll("a")], edges = [...svg.querySelectorAll(".edges path")];
  const byLabel = new Map(nodes.map(node => [node.dataset.label, node]));
  let view = { ...whole };

  const show = () => svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
  function zoom(factor, x = view.x + view.w / 2, y = view.y + view.h / 2) {
    const w = Math.min(whole.w * 1.5, Math.max(250, view.w * factor)), real = w / view.w;
    view = { x: x - (x - view.x) * real, y: y - (y - view.y) * real, w, h: view.h * real };
    show();
  }
  function readable() {
    // Start where labels can be read: one canvas pixel for each unit.
    const box = canvas.getBoundingClientRect();
    view = { x: 0, y: Math.max(0, whole.h / 2 - box.height / 2), w: box.width, h: box.height };
    if (whole.h < box.height) view.y = whole.h / 2 - box.height / 2;
    show();
  }
  function centre(node) {
    const box = node.querySelector("rect").getBBox();
    view = { ...view, x: box.x + box.width / 2 - view.w / 2, y: box.y - view.h / 2 };
    show();
  }
  const at = event => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [point.x, point.y];
  };

  document.getElementById("in").onclick = () => zoom(0.7);
  document.getElementById("out").onclick = () => zoom(1.4);
  document.getElementById("whole").onclick = () => { view = { ...whole }; show(); };
  canvas.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.15 : 0.87, ...at(event));
  }, { passive: false });
  canvas.addEventListener("keydown", event => {
    const step = view.w / 8, moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (event.key in moves) { view.x += moves[event.key][0]; view.y += moves[event.key][1]; show(); event.preventDefault(); }
    if (event.key === "+" || event.key === "=") zoom(0.8);
    if (event.key === "-") zoom(1.25);
  });

  let held = null, moved = false;
  canvas.addEventListener("pointerdown", event => { held = [event.clientX, event.clientY]; moved = false; });
  window.addEventListener("pointermove", event => {
    if (!held) return;
    const scale = view.w / canvas.clientWidth, dx = event.clientX - held[0], dy = event.clientY - held[1];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    view.x -= dx * scale; view.y -= dy * scale;
    held = [event.clientX, event.clientY];
    show();
  });
  window.addEventListener("pointerup", () => { held = null; });
  canvas.addEventListener("click", event => { if (moved) event.preventDefault(); }, true);
  svg.addEventListener("dragstart", event => event.preventDefault());

  function point(label) {
    svg.classList.toggle("pointing", !!label);
    const near = new Set([label]);
    for (const edge of edges) {
      const on = edge.dataset.from === label || edge.dataset.to === label;
      edge.classList.toggle("on", on);
      if (on) { near.add(edge.dataset.from); near.add(edge.dataset.to); }
    }
    for (const node of nodes) node.classList.toggle("on", near.has(node.dataset.label));
  }
  for (const node of nodes) {
    node.addEventListener("pointerenter", () => point(node.dataset.label));
    node.addEventListener("pointerleave", () => point(null));
    node.addEventListener("focus", () => { point(node.dataset.label); if (node.matches(":focus-visible")) centre(node); });
    node.addEventListener("blur", () => point(null));
    document.getElementById("labels").append(Object.assign(document.createElement("option"), { value: node.dataset.label }));
  }
  function choose(label) {
    for (const node of nodes) node.classList.remove("chosen");
    const node = byLabel.get(label);
    if (node) { node.classList.add("chosen"); centre(node); }
  }
  find.addEventListener("input", () => choose(find.value.trim()));
  readable();
  if (location.hash) choose(decodeURIComponent(location.hash.slice(1)));
})();
