// The button that copies a feed's address. Without it the address stands there as text and as a link.

const deck = document.querySelector("[data-copy]");

if (deck && navigator.clipboard) {
  const address = document.querySelector(deck.dataset.copy);
  const said = deck.querySelector("[role=status]");
  deck.querySelector("button").addEventListener("click", async () => {
    said.textContent = ""; // the same words again are read out again
    try {
      await navigator.clipboard.writeText(address.textContent);
      said.textContent = deck.dataset.copied;
    } catch {
      getSelection().selectAllChildren(address); // a browser that forbids it leaves copying to its reader
      said.textContent = deck.dataset.chosen;
    }
  });
  document.documentElement.classList.add("js");
}
