"""One shouwend whose only far side is a small JSON gateway of our own, for the tests of the program; TAP.

Its mail servers are not there: what is tested here comes and goes by text."""
import http.client
import http.server
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import urllib.parse

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / 'tests/demo'))
from people import wait_until  # noqa: E402
from working_day import WorkingDay  # noqa: E402

BUILD = TOP / os.environ.get('B', 'build')
SECRET = 'lone-desk-0001'


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever asked may have been killed meanwhile."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Gateway:
    """Takes texts (POST /send) and has an inbox to be asked (GET /inbox)."""

    def __init__(self):
        self.sent, self.asked = [], []  # documents; query strings
        self.refused, self.refusal = [], None  # documents; status and document of the answer
        self.inbox, self.status, self.extra = [], 200, {}
        self.page = None  # the inbox's answer as it is, where it is no list
        self.is_queue = False  # what was listed once is gone
        self.silent = threading.Event()  # set: texts are taken and never answered
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def reply(self, status, document):
                body = document if isinstance(document, bytes) else json.dumps(document).encode()
                self.send_response(status)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                document = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
                if gateway.refusal:
                    gateway.refused.append(document)
                    self.reply(*gateway.refusal)
                    return
                gateway.sent.append(document)
                while gateway.silent.is_set():
                    gateway.resume.wait(0.05)
                self.reply(200, {'id': f'g-{document["id"]}'})

            def do_GET(self):
                gateway.asked.append(dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query, keep_blank_values=True)))
                listed = gateway.inbox
                if gateway.is_queue:
                    gateway.inbox = []
                self.reply(gateway.status, {'texts': listed, **gateway.extra} if gateway.page is None else gateway.page)

            def log_message(self, *_):
                pass

        self.resume = threading.Event()
        self.server = Server(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server.server_port}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def texts_to(self, phone):
        return [document['text'] for document in self.sent if document['to'] == phone]

    def close(self):
        self.silent.clear()
        self.server.shutdown()
        self.server.server_close()


class LoneDesk:
    def __init__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix='shouwen-lone.', dir='/tmp'))
        shutil.copytree(TOP / 'conf', self.root / 'conf')
        shutil.copytree(TOP / 'templates', self.root / 'templates')
        self.conf = self.root / 'conf/demo/shouwen.conf'
        (self.conf.parent / 'state').mkdir(exist_ok=True)
        (self.conf.parent / 'secrets/sms_push').write_text(SECRET)
        self.database = self.conf.parent / 'state/shouwen.db'
        self.log_path = self.root / 'desk.log'
        self.gateway = Gateway()
        self.port = free_port()
        self.process = None
        self.day = WorkingDay()
        nobody = free_port()
        text = self.conf.read_text(encoding='utf-8')
        text = re.sub(r'port = 10(993|465);', f'port = {nobody};', text)
        text = re.sub(r'^listen_port = .*', f'listen_port = {self.port};', text, flags=re.M)
        text = text.replace('preset = "kannel"', 'preset = "json"')
        text = re.sub(r'\turl = .*', f'\turl = "{self.gateway.url}/send";\n\t\thas_reports = false;', text)
        text = re.sub(r'public_url = .*', '', text)
        self.conf.write_text(text, encoding='utf-8')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.gateway.close()
        if os.environ.get('KEEP'):
            print('# kept in', self.root)
        else:
            shutil.rmtree(self.root, ignore_errors=True)

    def change(self, path, old, new):
        """In a file of the settings; `old' must be there."""
        file = self.root / path
        text = file.read_text(encoding='utf-8')
        if old not in text:
            raise AssertionError(f'{path}: no {old!r}')
        file.write_text(text.replace(old, new), encoding='utf-8')

    def start(self, *overrides, env=None, clock=None):
        """`clock': see WorkingDay."""
        options = [word for override in overrides for word in ('-o', override)] + self.day.options(clock)
        self.log_start = self.log_path.stat().st_size if self.log_path.exists() else 0
        with open(self.log_path, 'ab') as log:
            # SIGXFSZ stays ignored, so that disk_is_full() is an error and no death.
            self.process = subprocess.Popen([BUILD / 'shouwend', '--conf', self.conf, *options], stderr=log, restore_signals=False,
                                            env=dict(os.environ, **(env or {})))
        return wait_until(lambda: self.health() == 200, 20, 0.05)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            return None

    def kill(self):
        self.process.kill()
        self.process.wait()

    def disk_is_full(self, full):
        """A file that may not grow behaves as one on a full disk."""
        _, most = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (0 if full else most, most))

    def log(self):
        """What it has written since it was started."""
        with open(self.log_path, 'rb') as log:
            log.seek(self.log_start)
            return log.read().decode('utf-8', 'replace')

    def query(self, sql, *values):
        with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True, timeout=20) as db:
            return db.execute(sql, values).fetchall()

    def ask(self, method, path, body=b''):
        """Status and text of the answer; the status is None when nobody listens."""
        link = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        try:
            link.request(method, path, body, {'Content-Type': 'application/json'})
            answer = link.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return None, ''
        finally:
            link.close()

    def post(self, path, body):
        return self.ask('POST', path, body)

    def http(self, path, body=None):
        """The status alone; a body is a document."""
        return self.ask('GET', path)[0] if body is None else self.post(path, json.dumps(body).encode())[0]

    def health(self):
        return self.http('/health')

    def text(self, number, phone, words):
        """Pushes a text; the status of the answer."""
        return self.http(f'/sms/gateway/{SECRET}/mo', {'id': number, 'from': phone, 'to': '10690001', 'text': words})
