// Before the first paint, so that no page flashes in the wrong light.
{
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
}
