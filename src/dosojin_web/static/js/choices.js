// "None of these" and "I don't know" stand alone: ticking one clears the rest, and the other way
// round. Without this script the server sorts a contradiction out and asks again.
document.addEventListener("change", (event) => {
  const ticked = event.target;
  const group = ticked.closest?.("[data-apart]");
  if (!group || !ticked.checked) return;
  for (const box of group.querySelectorAll("input")) {
    const clash = ticked.hasAttribute("data-alone") || box.hasAttribute("data-alone");
    if (box !== ticked && clash) box.checked = false;
  }
});
