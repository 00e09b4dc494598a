/* The token behind the # is exchanged for this run's cookie, and vanishes from the address. */
const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname + location.search);
const good = token && await fetch('/sign-in', {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }),
}).then(answer => answer.ok, () => false);
if (good) location.reload();
else document.getElementById('spent').hidden = false; // before, nobody needs to read it
