// What is over on the reader's own day is marked as such: pages stay as they are from one day to the next.
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
for (const end of document.querySelectorAll("time[data-over]")) {
  if (end.dateTime < today) {
    end.after(`, ${end.dataset.over}`);
    end.closest("li").classList.add("past-ev");
  }
}
