"use strict";
// The bench: one state (operator, T, p), drawn anew after every change.
(() => {
  const field = id => document.getElementById(id), svg = "http://www.w3.org/2000/svg";
  const LEAST = 1e-3, STEPS = 90, HOTTEST = 1e5;
  const state = { T: 2, p: [0.7, 0.25, 0.05], code: null, low: 0, high: null };

  // Operators on three classes.
  const softened = (code, p, T) => ({
    separable: () => normalised(p.map(x => code.weight(x, T, p.length))),
    generator: () => generated(code.phi, p, T),
    blend: () => { const a = softened(code.first, p, T), b = softened(code.second, p, T), c = code.coefficient(0, T, p.length); return a.map((x, i) => (1 - c) * x + c * b[i]); },
    reparametrised: () => softened(code.operator, p, code.h(0, T, p.length)),
    composed: () => softened(code.outer, softened(code.inner, p, T), T),
    vector: () => code.components.map(f => f(p[0], p[1], p[2], T)),
  })[code.kind]();

  function normalised(weights) {
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map(w => w / total);
  }
  function bisect(rises, low, high, rounds) {
    for (let k = 0; k < rounds; k++) { const middle = (low + high) / 2; if (rises(middle) < 0) low = middle; else high = middle; }
    return (low + high) / 2;
  }
  function generated(phi, p, T) {
    if (T === 1) return [...p];
    const V = p.length, bottom = phi(0, T, V), top = phi(1, T, V), starts = p.map(x => phi(x, T, V) / T);
    const inverse = y => y <= bottom ? 0 : y >= top ? 1 : bisect(x => phi(x, T, V) - y, 0, 1, 48);
    const excess = tau => 1 - starts.reduce((sum, start) => sum + inverse(start - tau), 0);
    let reach = 1;
    while (reach < 1e15 && (excess(-reach) > 0 || excess(reach) < 0)) reach *= 4;
    const tau = bisect(excess, -reach, reach, 60);
    return normalised(starts.map(start => inverse(start - tau)));
  }
  const entropy = law => law.reduce((sum, x) => sum - (x > 0 ? x * Math.log(x) : 0), 0);
  const outside = (law, k) => [...law].sort((a, b) => b - a).slice(k).reduce((a, b) => a + b, 0);
  const sound = law => law.every(Number.isFinite);

  // The triangle, corners of classes 1, 2, 3.
  const corners = [[0, 346], [400, 346], [200, 0]];
  const place = law => [0, 1].map(axis => law.reduce((sum, x, i) => sum + x * corners[i][axis], 0));
  function lawAt(x, y) {
    const third = (346 - y) / 346, second = (x - 200 * third) / 400;
    return clamped([1 - second - third, second, third]);
  }
  const clamped = law => normalised(law.map(x => Math.max(LEAST, x)));
  const range = () => [Math.max(state.low || 0, 0.1), Math.min(state.high ?? HOTTEST, HOTTEST)];

  function temperatures() {
    const [low, high] = range();
    return Array.from({ length: STEPS + 1 }, (_, k) => low * Math.pow(high / low, k / STEPS));
  }
  function draw() {
    field("temperature-value").textContent = state.T.toPrecision(3);
    state.p.forEach((x, i) => { field(`p${i + 1}`).value = x; field(`p${i + 1}-value`).textContent = x.toFixed(3); });
    const [x, y] = place(state.p), point = field("point");
    point.setAttribute("cx", x); point.setAttribute("cy", y);
    point.setAttribute("aria-valuetext", state.p.map(v => v.toFixed(3)).join(", "));
    if (!state.code) return;
    const image = softened(state.code, state.p, state.T);
    const path = temperatures().map(T => [T, softened(state.code, state.p, T)]).filter(([, law]) => sound(law));
    field("path").setAttribute("points", path.map(([, law]) => place(law).map(v => v.toFixed(2)).join(",")).join(" "));
    if (sound(image)) { const [a, b] = place(image); field("image").setAttribute("cx", a); field("image").setAttribute("cy", b); }
    numbers(image);
    curve(path, image);
  }
  function numbers(image) {
    const rows = [["class 1", state.p[0], image[0]], ["class 2", state.p[1], image[1]], ["class 3", state.p[2], image[2]],
      ["sum", 1, image.reduce((a, b) => a + b, 0)], ["entropy (nats)", entropy(state.p), entropy(image)],
      ["top-1 loss: mass outside", outside(state.p, 1), outside(image, 1)], ["top-2 loss: mass outside", outside(state.p, 2), outside(image, 2)]];
    const body = field("numbers").tBodies[0];
    body.replaceChildren(...rows.map(([words, ...values]) => {
      const row = document.createElement("tr"), head = document.createElement("th");
      head.scope = "row"; head.textContent = words; row.append(head);
      for (const value of values) { const cell = document.createElement("td"); cell.textContent = Number.isFinite(value) ? value.toFixed(4) : "not a number"; row.append(cell); }
      return row;
    }));
  }
  function curve(path, image) {
    const [low, high] = range(), right = Math.min(high, 100), most = Math.log(3) * 1.08;
    const across = T => 40 + 400 * Math.log(T / low) / Math.log(right / low), down = H => 150 - 130 * H / most;
    const node = (name, attributes, words) => { const n = document.createElementNS(svg, name); for (const k in attributes) n.setAttribute(k, attributes[k]); if (words) n.textContent = words; return n; };
    const line = path.filter(([T]) => T <= right).map(([T, law]) => `${across(T).toFixed(1)},${down(entropy(law)).toFixed(1)}`).join(" ");
    const ticks = [0.1, 1, 10, 100].filter(T => T >= low * 0.999 && T <= right * 1.001);
    field("entropy").replaceChildren(
      node("path", { d: `M40 10V150H446`, fill: "none", stroke: "#555" }), node("path", { d: `M40 ${down(Math.log(3))}H446`, stroke: "#999", "stroke-dasharray": "2 3" }),
      node("text", { x: 36, y: down(Math.log(3)) + 4, "text-anchor": "end" }, "log 3"), node("text", { x: 36, y: 154, "text-anchor": "end" }, "0"),
      ...ticks.map(T => node("text", { x: across(T), y: 168, "text-anchor": "middle" }, String(T))), node("text", { x: 446, y: 140, "text-anchor": "end" }, "entropy against T"),
      node("polyline", { points: line, fill: "none", stroke: "#0072b2", "stroke-width": 2.5 }),
      ...(sound(image) && state.T <= right ? [node("circle", { cx: across(state.T), cy: down(entropy(image)), r: 5, fill: "#d55e00" })] : []));
  }

  // Choosing and typing.
  function take(code, low, high) {
    Object.assign(state, { code, low, high });
    const [least, most] = range(), slider = field("temperature");
    slider.min = Math.log10(least); slider.max = Math.log10(Math.min(most, 100));
    state.T = Math.min(Math.max(state.T, least), Math.min(most, 100));
    slider.value = Math.log10(state.T);
    draw();
  }
  function chosen() {
    const name = field("operator").value;
    if (!name) return typed();
    const operator = window.OPERATORS[name];
    field("problem").textContent = "";
    take(operator.code, operator.low, operator.high);
    field("verdict-words").textContent = `${name}: ${operator.text} for T in ${operator.domain}. Legal: ${operator.legal || "not verified in this report"}.`;
    field("verdicts").tBodies[0].replaceChildren(...Object.entries(operator.verdicts).map(([label, [verdict, scope, method]]) => {
      const row = document.createElement("tr");
      row.innerHTML = "<th scope=row><code></code></th><td><span></span></td><td></td><td></td>";
      row.querySelector("code").textContent = label;
      Object.assign(row.querySelector("span"), { textContent: verdict, className: `badge ${verdict}` });
      row.cells[2].textContent = scope; row.cells[3].textContent = method;
      return row;
    }));
  }
  function typed() {
    const text = field("typed").value.trim();
    field("verdicts").tBodies[0].replaceChildren();
    if (!text) { field("verdict-words").textContent = "Type a formula, or choose a shipped operator."; return; }
    try {
      const generator = text.startsWith("generator:"), formula = window.readFormula(text.replace(/^generator:/, ""));
      const code = generator ? { kind: "generator", phi: formula } : { kind: "separable", weight: formula };
      const bounded = generator && Number.isFinite(formula(0, 1, 3));
      if (!sound(softened(code, [0.5, 0.3, 0.2], 2))) throw new Error("no finite law comes out at p = (0.5, 0.3, 0.2), T = 2");
      field("problem").textContent = "";
      take(code, bounded ? 1 : 0, null);
      field("verdict-words").textContent = `Not verified here; run: overproof verify "${text}"`;
    } catch (error) {
      field("problem").textContent = error.message;
      field("verdict-words").textContent = "";
    }
  }
  field("operator").addEventListener("change", chosen);
  field("typed").addEventListener("input", () => { field("operator").value = ""; typed(); });
  field("temperature").addEventListener("input", event => {
    const T = Math.pow(10, +event.target.value);
    state.T = Math.abs(T - 1) < 0.012 ? 1 : T;
    draw();
  });
  for (const i of [0, 1, 2]) {
    field(`p${i + 1}`).addEventListener("input", event => {
      const value = Math.min(1 - 2 * LEAST, Math.max(LEAST, +event.target.value)), rest = 1 - state.p[i];
      state.p = clamped(state.p.map((x, j) => j === i ? value : x * (1 - value) / rest));
      draw();
    });
  }

  // Dragging, and the arrow keys for the same.
  const simplex = field("simplex"), point = field("point");
  const move = event => {
    const where = new DOMPoint(event.clientX, event.clientY).matrixTransform(simplex.getScreenCTM().inverse());
    state.p = lawAt(where.x, where.y);
    draw();
  };
  point.addEventListener("pointerdown", event => { point.setPointerCapture(event.pointerId); event.preventDefault(); point.focus(); });
  point.addEventListener("pointermove", event => { if (point.hasPointerCapture(event.pointerId)) move(event); });
  point.addEventListener("keydown", event => {
    const moves = { ArrowLeft: [-4, 0], ArrowRight: [4, 0], ArrowUp: [0, -4], ArrowDown: [0, 4] };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const [x, y] = place(state.p);
    state.p = lawAt(x + moves[event.key][0], y + moves[event.key][1]);
    draw();
  });
  chosen();
})();
