// Readers choose which countries the comparison shows; the address keeps the choice, as in
// ?countries=ca,de. Without this script, and on paper, there are all of them.

const form = document.getElementById("choice");
const status = form.querySelector("[role=status]");
const boxes = [...form.querySelectorAll("input")];
const all = boxes.map((box) => box.value);

const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);

function show(codes) {
  for (const part of document.querySelectorAll("[data-country]")) {
    part.hidden = !codes.includes(part.dataset.country);
  }
  for (const part of document.querySelectorAll("[data-compared]")) {
    part.hidden = !part.querySelector("[data-country]:not([hidden])");
  }
  for (const heading of document.querySelectorAll("[data-across]")) heading.colSpan = codes.length;
}

function update() {
  const codes = chosen();
  show(codes);
  status.textContent = `${codes.length} of ${all.length} countries shown.`;
  const address = new URL(location.href);
  address.searchParams.delete("countries");
  const choice = codes.length < all.length ? `countries=${codes.join(",")}` : "";
  address.search = [choice, address.search.slice(1)].filter(Boolean).join("&");
  history.replaceState(history.state, "", address);
}

form.addEventListener("change", ({ target }) => {
  if (chosen().length) {
    update();
  } else {
    target.checked = true;
    status.textContent = "One country has to stay.";
  }
});

form.querySelector("button").addEventListener("click", () => {
  for (const box of boxes) box.checked = true;
  update();
});

addEventListener("beforeprint", () => show(all));
addEventListener("afterprint", () => show(chosen()));

const asked = new URLSearchParams(location.search).get("countries")?.toLowerCase().split(",");
if (all.some((code) => asked?.includes(code))) {
  for (const box of boxes) box.checked = asked.includes(box.value);
  update();
}
form.hidden = false;
