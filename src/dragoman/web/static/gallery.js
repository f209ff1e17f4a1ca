// The gallery's only script: the arrow keys turn the page, the way the language reads; Escape goes back to all pictures.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const rel = { [forward]: "next", [back]: "prev", Escape: "up" }[event.key];
  const link = rel && document.querySelector(`main a[rel="${rel}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
