"""What a desk under test takes for the time: a Monday morning at Sunshine Garden, whenever the tests run.

Who is on duty, what is due and what waits for the morning then do not depend on the hour at which somebody tests."""
import datetime
import time

MORNING = datetime.datetime.fromisoformat('2026-11-23T10:00:00+08:00')


class WorkingDay:
    """Goes on over restarts of the desk."""

    def __init__(self):
        self.begun = time.monotonic()

    def now(self):
        return MORNING + datetime.timedelta(seconds=time.monotonic() - self.begun)

    def options(self, clock=None):
        """For shouwend; `clock' is a time of the test's own, or 'real'."""
        return [] if clock == 'real' else ['--demo-clock', clock or self.now().isoformat(timespec='milliseconds')]
