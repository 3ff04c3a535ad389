"""A headless Chromium, driven over WebDriver (W3C) by chromedriver."""
import base64
import json
import shutil
import subprocess
import urllib.error
import urllib.request

from people import wait_until

ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
PACKAGES = ('chromedriver', 'chromium')


def is_there():
    return all(shutil.which(program) for program in PACKAGES)


class Browser:
    def __init__(self, width=1200, height=900, scale=1):
        self.driver = subprocess.Popen(['chromedriver', '--port=0', '--allowed-ips=127.0.0.1'], stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True)
        try:
            self.port = self.find_port()
            self.session = self.begin(width, height, scale)
        except BaseException:
            self.end()  # nobody else would
            raise

    def begin(self, width, height, scale):
        # As root Chromium has no sandbox of its own; it sees only what the tests serve on loopback.
        options = {'args': ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars',
                            '--ignore-certificate-errors', '--no-proxy-server', '--disable-background-networking',
                            '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
                            f'--window-size={width},{height}', f'--force-device-scale-factor={scale}']}
        answer = self.ask('POST', '/session', {'capabilities': {'alwaysMatch': {'goog:chromeOptions': options}}})
        return '/session/' + answer['sessionId']

    def end(self):
        self.driver.terminate()
        self.driver.wait()

    def find_port(self):
        for line in self.driver.stdout:
            if 'started successfully on port' in line:
                return int(line.rstrip('.\n').rsplit(' ', 1)[1])
        raise RuntimeError('chromedriver does not start')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.ask('DELETE', self.session)
        finally:
            self.end()

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f'http://127.0.0.1:{self.port}{path}', data, {'Content-Type': 'application/json'}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)['value']
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode('utf-8', 'replace')[:800]) from error

    def open(self, url):
        self.ask('POST', self.session + '/url', {'url': url})

    def url(self):
        return self.ask('GET', self.session + '/url')

    def find(self, css):
        found = self.ask('POST', self.session + '/elements', {'using': 'css selector', 'value': css})
        return [element[ELEMENT] for element in found]

    def wait_for(self, css, seconds=20):
        found = wait_until(lambda: self.find(css), seconds)
        if not found:
            raise RuntimeError(f'no {css} at {self.url()}')
        return found[0]

    def type(self, element, text):
        self.ask('POST', f'{self.session}/element/{element}/value', {'text': text})

    def click(self, element):
        self.ask('POST', f'{self.session}/element/{element}/click', {})

    def run(self, script, *args):
        return self.ask('POST', self.session + '/execute/sync', {'script': script, 'args': list(args)})

    def enter(self, element):
        """Look into a frame; None: back to the whole page."""
        self.ask('POST', self.session + '/frame', {'id': {ELEMENT: element} if element else None})

    def devtools(self, command, **params):
        return self.ask('POST', self.session + '/goog/cdp/execute', {'cmd': command, 'params': params})

    def picture(self, path, width, dark=False):
        """The whole page at this width, however long it is."""
        self.devtools('Emulation.setEmulatedMedia', features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}])
        self.devtools('Emulation.setDeviceMetricsOverride', width=width, height=1, deviceScaleFactor=1, mobile=width < 600)
        height = self.run('return Math.ceil(document.documentElement.scrollHeight)')
        self.devtools('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        shot = self.devtools('Page.captureScreenshot', format='png', captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot['data']))
