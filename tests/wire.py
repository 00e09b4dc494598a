"""A line to a server on loopback that counts what goes over it, and can be cut."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

WHOLE = 1 << 62


class Wire:
    """Forwards a port; `sent` and `received` are bytes, `cut_after` how many may still pass before a cut.

    One that `stays` cut takes no new connections until it is mended.
    """

    def __init__(self, port: int = 0, *, stays: bool = False) -> None:
        self.to, self.stays = port, stays
        self.down, self.cuts = False, 0
        self.sent = self.received = 0
        self.cut_after = WHOLE
        self._turn = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()

    @property
    def port(self) -> int:
        port: int = self._door.getsockname()[1]
        return port

    def serve(self) -> None:
        """Take connections until the door is closed."""
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                if self.down:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.to))
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open |= {near, far}
                for pair in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def cut(self) -> None:
        """End every connection that there is."""
        self.cuts += 1
        self.down, self.cut_after = self.stays, WHOLE
        for one in tuple(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.down, self.cut_after = False, WHOLE

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()

    def _carry(self, source: socket.socket, target: socket.socket, there: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 14):
                if not self._count(len(data), there):
                    self.cut()
                    break
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        source.close()
        self._open.discard(source)

    def _count(self, size: int, there: bool) -> bool:
        with self._turn:
            if there:
                self.sent += size
            else:
                self.received += size
            self.cut_after -= size
            return self.cut_after > 0


@contextlib.contextmanager
def wire(port: int = 0, *, stays: bool = False) -> Iterator[Wire]:
    """A line to a port; where it leads may be said later, with `to`."""
    found = Wire(port, stays=stays)
    serving = threading.Thread(target=found.serve, daemon=True)
    serving.start()
    try:
        yield found
    finally:
        found.close()
        serving.join()
