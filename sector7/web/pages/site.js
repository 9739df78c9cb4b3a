// The terminal takes the keys as soon as it paints, and again after a click anywhere beside it.
window.addEventListener("load", () => {
  const focus = () => document.querySelector(".xterm-helper-textarea")?.focus();
  new MutationObserver(focus).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  document.getElementById("terminal").addEventListener("click", focus);
  focus();
});
