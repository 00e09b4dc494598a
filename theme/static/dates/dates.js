// What is over on the reader's own day is marked as such: pages stay as they are from one day to the next.
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
for (const end of document.querySelectorAll("time[data-over]")) {
  if (end.dateTime < today) {
    const said = document.createElement("span");
    said.className = "vh";
    said.textContent = `, ${end.dataset.over}`;
    end.after(said); // heard; seen it is struck through, so that no line gets longer
    end.closest("li").classList.add("past-ev");
  }
}
