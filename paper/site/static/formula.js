"use strict";
// The closed grammar of formulas in p, T and V: read into a function, never run as a program.
window.readFormula = (() => {
  const functions = { exp: Math.exp, log: Math.log, sqrt: Math.sqrt, sin: Math.sin, cos: Math.cos, tan: Math.tan, atan: Math.atan,
    sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, abs: Math.abs, max: Math.max, min: Math.min };
  const several = new Set(["max", "min"]), constants = { pi: Math.PI, E: Math.E };

  return text => {
    const tokens = [...text.matchAll(/\s*(\d+\.?\d*|\.\d+|\*\*|[A-Za-z_]\w*|[-+*/(),^]|\S)/g)];
    let place = 0;
    const peek = () => place < tokens.length ? tokens[place][1] : "";
    const fault = what => { throw new Error(`${what} at place ${place < tokens.length ? tokens[place].index + 1 : text.length + 1}`); };
    const take = wanted => { if (wanted && peek() !== wanted) fault(`expected ${wanted}`); return tokens[place++][1]; };

    function sum() {
      let left = product();
      while (peek() === "+" || peek() === "-") {
        const one = left, sign = take() === "+" ? 1 : -1, other = product();
        left = s => one(s) + sign * other(s);
      }
      return left;
    }
    function product() {
      let left = unary();
      while (peek() === "*" || peek() === "/") {
        const one = left, times = take() === "*", other = unary();
        left = times ? s => one(s) * other(s) : s => one(s) / other(s);
      }
      return left;
    }
    function unary() {
      if (peek() === "-") { take(); const inner = unary(); return s => -inner(s); }
      if (peek() === "+") { take(); return unary(); }
      return power();
    }
    function power() {
      const base = atom();
      if (peek() !== "**") return base;
      take();
      const exponent = unary();
      return s => Math.pow(base(s), exponent(s));
    }
    function atom() {
      const token = peek();
      if (!token) fault("the formula ends too soon");
      if (/^[\d.]/.test(token)) { const value = Number(take()); return () => value; }
      if (token === "(") { take(); const inner = sum(); take(")"); return inner; }
      if (token === "p" || token === "T" || token === "V") { take(); return s => s[token]; }
      if (Object.hasOwn(constants, token)) { take(); return () => constants[token]; }
      if (Object.hasOwn(functions, token)) {
        take(); take("(");
        const inputs = [sum()];
        while (several.has(token) && peek() === ",") { take(); inputs.push(sum()); }
        take(")");
        return s => functions[token](...inputs.map(f => f(s)));
      }
      return fault(/^[A-Za-z_]/.test(token) ? `${token} is not known; use p, T, V, pi, E and ${Object.keys(functions).join(" ")}` : `${token} is not expected`);
    }
    const formula = sum();
    if (place < tokens.length) fault(peek() === "^" ? "write ** for a power" : `${peek()} is not expected`);
    return (p, T, V) => formula({ p, T, V });
  };
})();
