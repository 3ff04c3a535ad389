#!/usr/bin/python3
"""Plays a day of complaints at the demo estate through real servers and checks
that each story ends as it should.

usage: play.py DIR CONTROL [--once] [--plant-wrong]
DIR/env names the ports; CONTROL is the desk's control socket."""
import datetime
import os
import pathlib
import subprocess
import sys
import time

from people import World, body_of
from cast import At, Mail, Say, Text
from stories import STORIES

PATIENCE = 40  # real seconds for something that must come by itself
PAUSE = 0.35  # real seconds after each jump of the clock
GRACE = 6  # real seconds once the demo clock has passed the time limit


def day(clock_time):
    """'09:05' of the demo's Monday; '+1 09:05' of the next day."""
    plus, _, hhmm = clock_time.rpartition(' ')
    date = 23 + int(plus or 0)
    return f'2026-11-{date:02d}T{hhmm}:00+08:00'


class Player:
    """Runs one story: a generator that yields what it waits for."""

    def __init__(self, stage, number, title, make):
        self.stage, self.number, self.title = stage, number, title
        self.story = make(stage)
        self.wait = None
        self.since = time.monotonic()
        self.late = None
        self.done = self.failed = None
        self.advance(None)

    def advance(self, value):
        try:
            self.wait = self.story.send(value)
            self.since, self.late = time.monotonic(), None
        except StopIteration:
            self.done, self.wait = True, None
            self.stage.tell(self.number, '✓ ' + self.title)
        except (AssertionError, OSError, subprocess.CalledProcessError) as why:
            self.fail(str(why))

    def fail(self, why):
        self.failed, self.wait = why, None
        self.story.close()  # what it has cut off comes back for the others
        self.stage.tell(self.number, '✗ ' + self.title + ': ' + why)

    def step(self, now):
        """Whether something moved."""
        wait = self.wait
        if wait is None:
            return False
        if isinstance(wait, Say):
            self.stage.tell(self.number, wait.text)
            self.advance(None)
            return True
        value = self.stage.look_for(wait, now)
        if value is not None:
            self.advance(value)
            return True
        if not isinstance(wait, At):
            self.check_patience(wait, now)
        return False

    def check_patience(self, wait, now):
        limit = wait.by and day(wait.by)
        if limit and now < limit:
            return
        if self.late is None:
            self.late = time.monotonic()
        if time.monotonic() - self.late > (GRACE if limit else PATIENCE):
            self.fail(f'waited in vain for {wait}' + (f' until {wait.by}' if wait.by else ''))

    def is_away(self):
        """It waits for a time, or for nothing."""
        return self.wait is None or isinstance(self.wait, At)

    def horizon(self):
        """How far the clock may go for this story."""
        if self.wait is None:
            return None
        if isinstance(self.wait, At):
            return day(self.wait.time)
        return day(self.wait.by) if getattr(self.wait, 'by', None) else 'now'


class Stage:
    def __init__(self, world, wrong):
        self.world, self.wrong = world, wrong
        self.remembered = {}  # what one story leaves for another
        self.now = ''
        self.day = ''
        self.colour = sys.stdout.isatty()

    def tell(self, number, text):
        shade = f'\033[{31 + number % 6}m' if self.colour else ''
        end = '\033[0m' if self.colour else ''
        if self.now[:10] != self.day:
            self.day = self.now[:10]
            print(f'— {datetime.date.fromisoformat(self.day):%A, %d %B %Y} —')
        print(f'{self.now[11:16]}  {shade}{number:>2}{end}  {text}', flush=True)

    def look_for(self, wait, now):
        if isinstance(wait, At):
            return True if now >= day(wait.time) else None
        if isinstance(wait, Mail):
            return self.find_mail(wait)
        if isinstance(wait, Text):
            return self.find_text(wait)
        return wait.run(self)

    def find_mail(self, wait):
        box = self.world.mailbox(wait.who.mail, wait.who.name)
        for mail in box.mails:
            if getattr(mail, 'taken', False):
                continue
            whole = (mail['Subject'] or '') + '\n' + body_of(mail)
            if all(word in whole for word in wait.words):
                mail.taken = True
                return mail
        return None

    def find_text(self, wait):
        texts = self.world.phones.received(wait.who.phone)
        taken = wait.who.taken
        for index, text in enumerate(texts):
            if index not in taken and all(word in text for word in wait.words):
                taken.add(index)
                return text
        return None

    def look_at_what_came(self, waits):
        if any(isinstance(wait, Text) for wait in waits):
            self.world.clouds.look()
        for wait in waits:
            if isinstance(wait, Mail):
                self.world.mailbox(wait.who.mail, wait.who.name).look()


def play(stage):
    status = stage.world.clock.status()
    stage.now = status['now']
    rest_until = 0
    players = [Player(stage, i + 1, title, make) for i, (title, make) in enumerate(STORIES)]
    while any(p.wait is not None for p in players):
        status = stage.world.clock.status()
        stage.now = status['now']
        stage.look_at_what_came([p.wait for p in players])
        moved = [p.step(status['now']) for p in players]
        horizons = [h for h in (p.horizon() for p in players) if h]
        if any(moved) or not horizons:
            continue
        # Real speed while a story waits for something that is on its way; else from one event of the desk to the
        # next, each with the time that a mail needs to arrive. When all stories wait for a time, the desk goes there alone.
        if 'now' not in horizons and status['idle'] and time.monotonic() > rest_until:
            target = min(horizons)
            if not all(p.is_away() for p in players):
                target = min(target, status.get('next') or target)
                rest_until = time.monotonic() + PAUSE
            stage.world.clock.status(until=max(target, status['now']))
        time.sleep(0.05)
    return players


def keep_pages(world, folder):
    """The HTML of every mail that a person of the day has got, for pictures."""
    for box in world.mailboxes.values():
        for number, mail in enumerate(box.mails):
            part = mail.get_body(('html',))
            if part is not None:
                (folder / f'{box.user}-{number:02}.html').write_text(part.get_content(), encoding='utf-8')


def main():
    words = [a for a in sys.argv[1:] if not a.startswith('--')]
    with open(words[0] + '/env', encoding='utf-8') as file:
        env = dict(line.strip().split('=', 1) for line in file if '=' in line)
    world = World(env, words[1])
    world.clouds_at(pathlib.Path(words[0], 'clouds.port').read_text())
    stage = Stage(world, '--plant-wrong' in sys.argv)
    players = play(stage)
    failed = [p for p in players if p.failed]
    if os.environ.get('KEEP_MAILS'):
        keep_pages(stage.world, pathlib.Path(os.environ['KEEP_MAILS']))
    print(f'\n{len(players) - len(failed)} of {len(players)} stories ended as they should.')
    for player in failed:
        print(f'  story {player.number}, {player.title}: {player.failed}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
