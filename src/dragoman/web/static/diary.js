// The diary's keys: [ earlier, ] later, t today. Never while typing; j and k move as everywhere.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  const key = { BracketLeft: "[", BracketRight: "]", KeyT: "t" }[event.code] ?? event.key;
  document.querySelector(`a[data-key="${CSS.escape(key)}"]`)?.click();
});
