"use strict";
// Shows the errors that match all three filters. Holds no data of the articles.
const rows = Array.from(document.querySelectorAll("#list tbody tr"));
const [item, sort, words, shown] = ["item", "sort", "words", "shown"].map((id) => document.getElementById(id));
function filter() {
  const wanted = words.value.trim().toLocaleLowerCase();
  let count = 0;
  for (const row of rows) {
    const fits = (!item.value || row.dataset.item === item.value)
      && (!sort.value || row.dataset.sort === sort.value)
      && (!wanted || row.textContent.toLocaleLowerCase().includes(wanted));
    row.hidden = !fits;
    count += fits;
  }
  shown.value = count + " of " + rows.length;
}
document.getElementById("filters").addEventListener("input", filter);
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
filter();
