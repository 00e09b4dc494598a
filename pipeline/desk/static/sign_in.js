/* The token behind the # is exchanged for this run's cookie, and vanishes from the address. */
const token = location.hash.slice(1);
if (token) {
  const answer = await fetch('/sign-in', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }),
  });
  history.replaceState(null, '', location.pathname + location.search);
  if (answer.ok) location.reload();
}
