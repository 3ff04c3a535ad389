"""Kannel, for tests that kill the desk beside it.

Its smsbox (1.4.5) ends itself, by an assertion in conn_unregister, when a connection that it has just opened is reset before
its request is written, as a kill -9 of the desk may do. The texts that it then holds in memory are lost with it, whatever the
desk does: such an attempt proves nothing of the desk, and is made once more with other owners."""

ATTEMPTS = 6


class Smsbox:
    """The one of the servers in folder `root'; `restart()' brings Kannel back."""

    def __init__(self, root, restart):
        self.root, self.restart = root, restart

    def is_dead(self):
        pid = (self.root / 'kannel/smsbox.pid').read_text().strip()
        try:
            with open(f'/proc/{pid}/cmdline', 'rb') as cmdline:
                return not cmdline.read()
        except FileNotFoundError:
            return True

    def is_lost(self, is_done):
        """Waiting on is useless: all is done, or smsbox is dead."""
        return is_done() or self.is_dead()

    def while_alive(self, attempt):
        """What the first attempt(number) found that smsbox lived through: a list of (is good, what, detail)."""
        for number in range(ATTEMPTS):
            found = attempt(number)
            if not self.is_dead():
                return found
            print('# smsbox ended itself; once more')
            self.restart()
        return [(False, 'smsbox lives', f'it ended itself in each of {ATTEMPTS} attempts')]
