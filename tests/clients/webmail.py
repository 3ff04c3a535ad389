"""Roundcube as Debian packs it, on loopback: settings and database in a folder of its own, served by PHP itself."""
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import urllib.parse
import urllib.request

from people import wait_until

HOME = pathlib.Path('/usr/share/roundcube')
SETTINGS = r'''<?php
$config['db_dsnw'] = 'sqlite:///{root}/roundcube.db?mode=0600';
$config['imap_host'] = 'ssl://localhost:{imaps}';
$config['imap_conn_options'] = ['ssl' => ['cafile' => '{ca}', 'verify_peer' => true]];
$config['smtp_host'] = 'tls://localhost:{submission}';
$config['smtp_conn_options'] = ['ssl' => ['cafile' => '{ca}', 'verify_peer' => true]];
$config['smtp_user'] = '%u';
$config['smtp_pass'] = '%p';
$config['mail_domain'] = 'sunshine.example';
$config['des_key'] = 'a-key-of-the-tests-only-0';
$config['log_dir'] = '{root}/logs';
$config['temp_dir'] = '{root}/temp';
$config['plugins'] = [];
$config['skin'] = 'elastic';
$config['language'] = 'zh_CN';
$config['enable_installer'] = false;
$config['show_images'] = 0;
$config['drafts_mbox'] = '';
$config['sent_mbox'] = '';
$config['draft_autosave'] = 0;
$config['message_sort_col'] = 'arrival';
'''


def is_there():
    return shutil.which('php') is not None and HOME.is_dir()


class Webmail:
    def __init__(self, root, settings):
        self.root = pathlib.Path(root) / 'roundcube'
        for folder in (self.root, self.root / 'logs', self.root / 'temp'):
            folder.mkdir()
        for name in ('defaults.inc.php', 'mimetypes.php'):
            (self.root / name).symlink_to(f'/etc/roundcube/{name}')
        (self.root / 'config.inc.php').write_text(SETTINGS.format(
            root=self.root, imaps=settings['IMAPS_PORT'], submission=settings['SUBMISSION_PORT'], ca=settings['CA_FILE']))
        with sqlite3.connect(self.root / 'roundcube.db') as db:
            db.executescript((HOME / 'SQL/sqlite.initial.sql').read_text(encoding='utf-8'))
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        self.url = f'http://127.0.0.1:{self.port}/'
        env = dict(os.environ, ROUNDCUBE_CONFIG_DIR=str(self.root), PHP_CLI_SERVER_WORKERS='4')
        with open(self.root / 'php.log', 'wb') as log:
            self.php = subprocess.Popen(['php', '-S', f'127.0.0.1:{self.port}', '-t', HOME], env=env, stdout=log, stderr=log)

    def __enter__(self):
        if not wait_until(self.is_up, 20):
            self.__exit__()
            raise RuntimeError('Roundcube does not start: ' + self.log()[-2000:])
        return self

    def is_up(self):
        try:
            with urllib.request.urlopen(self.url, timeout=10) as page:
                return bool(page.read())
        except OSError:
            return False

    def __exit__(self, *_):
        self.php.terminate()
        self.php.wait()

    def log(self):
        return '\n'.join(path.read_text(encoding='utf-8', errors='replace')
                         for path in [self.root / 'php.log', *(self.root / 'logs').iterdir()])


class Session:
    """One person before Roundcube."""

    def __init__(self, webmail, browser, user):
        self.webmail, self.browser = webmail, browser
        browser.open(webmail.url)
        browser.type(browser.wait_for('#rcmloginuser'), user)
        browser.type(browser.wait_for('#rcmloginpwd'), 'secret')
        browser.click(browser.wait_for('#rcmloginsubmit'))
        browser.wait_for('#messagelist')

    def page(self, **query):
        query = '&'.join(f'{key}={value}' for key, value in {'_task': 'mail', '_mbox': 'INBOX', **query}.items())
        self.browser.open(f'{self.webmail.url}?{query}')

    def show(self, uid):
        self.page(_uid=uid, _action='show')
        self.browser.wait_for('#messagebody')

    def follow(self, link):
        """A mailto: link, in the way in which a browser hands it to the webmail that is registered for them."""
        self.page(_action='compose', _to=urllib.parse.quote(link, safe=''))
        return self.browser.wait_for('#composebody')

    def begin_reply(self, uid, html=False):
        self.page(_reply_uid=uid, _action='compose', **({'_html': 1} if html else {}))
        return self.browser.wait_for('#composebody')

    def send(self):
        """Press Send and see the mail leave."""
        self.browser.run("window.rcmail.command('send', '', document.querySelector('a.send, button.send'))")
        return wait_until(lambda: '_action=compose' not in self.browser.url(), 30, 0.2)
