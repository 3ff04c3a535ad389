#!/usr/bin/python3
"""The README's "Set it up", line by line as it stands there, on a machine of its own: the root file system under an overlay, without
network and without systemd. What this machine has is not touched.

usage: B=build tests/program/setup.t       as root; skipped where there are no namespaces or overlays"""
import fcntl
import os
import pathlib
import re
import shutil
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time

from tap import ok, plan, skip

TOP = pathlib.Path(__file__).resolve().parents[2]
SHIMS = pathlib.Path('/usr/local/bin')
CONF = pathlib.Path('/etc/shouwen/shouwen.conf')
UNIT = '/usr/lib/systemd/system/shouwend.service'
# The settings are good, and no mail server is there.
STATUS = {'shouwen check --connect': 69}


# ---- outside: make the machine ----

MACHINE = '''set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/root" "$1/up" "$1/work" "$1/top.up" "$1/top.work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/up,workdir=$1/work" "$1/root"
if [ "$(stat -c %d "$2")" != "$(stat -c %d /)" ]; then
	mkdir -p "$1/root$2"
	mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/top.up,workdir=$1/top.work" "$1/root$2"
fi
mount -t proc proc "$1/root/proc"
mount --rbind /dev "$1/root/dev"
mount -t tmpfs tmpfs "$1/root/run"
[ -z "${3-}" ] || exec chroot "$1/root" /usr/bin/python3 "$2/tests/program/setup.t" --inside
'''


def machine(folder, *more):
    return subprocess.run(['unshare', '--mount', '--net', '--pid', '--fork', '--kill-child', 'sh', '-c', MACHINE, 'machine', folder,
                           TOP, *more], stderr=None if more else subprocess.DEVNULL, check=False).returncode


def outside():
    folder = tempfile.mkdtemp(prefix='shouwen-setup.', dir='/tmp')
    try:
        missing = [tool for tool in ('unshare', 'setpriv', 'systemctl', 'systemd-sysusers', 'systemd-tmpfiles') if not shutil.which(tool)]
        if missing or os.getuid() != 0 or machine(folder) != 0:
            skip('needs root, namespaces and overlayfs ' + ' '.join(missing))
        return machine(folder, 'run')
    finally:
        os.rmdir(folder)


# ---- inside ----

def run(line):
    return subprocess.run(['bash', '-o', 'pipefail', '-c', line], cwd=TOP, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, timeout=900)


def shim(name, text):
    path = SHIMS / name
    path.write_text('#!/bin/sh\n' + text)
    path.chmod(0o755)


def make_tools():
    """sudo, an editor that knows what to write, and a systemctl that starts a unit without systemd."""
    shim('sudo', 'if [ "$1" = -u ]; then u=$2; shift 2; exec setpriv --reuid "$u" --regid "$u" --init-groups "$@"; fi\nexec "$@"\n')
    shim('sudoedit', f'exec python3 {TOP}/tests/program/setup.t --edit "$1"\n')
    shim('systemctl', f'exec python3 {TOP}/tests/program/setup.t --systemctl "$@"\n')
    with socket.socket() as any_socket:  # the loopback, up
        fcntl.ioctl(any_socket, 0x8914, struct.pack('16sh14x', b'lo', 0x1 | 0x40))
    pathlib.Path('/tmp/owners.csv').write_text('name,home,mail,phone,language,kind,elderly\n'
                                               '王芳,3-2-501,wang@owner.example,+8613900139001,zh-CN,owner,\n')


def edit(path):
    """What the README and the comments of the example ask for."""
    file = pathlib.Path(path)
    text = re.sub(r'host = ".*";', 'host = "127.0.0.1"; port = 9;', file.read_text(encoding='utf-8'))
    file.write_text(text, encoding='utf-8')
    for name in re.findall(r'(?:password|secret|pin)_file = "secrets/(\w+)"', text):
        run(f'echo 4829-{name} | install -m 600 -o shouwen -g shouwen /dev/stdin /etc/shouwen/secrets/{name}')


def systemctl(words):
    """`enable --now UNIT': the link by the real one, then what the unit says."""
    enabled = subprocess.run(['/usr/bin/systemctl', 'enable', words[-1]], env=dict(os.environ, SYSTEMD_OFFLINE='1'), check=False)
    if words[:2] != ['enable', '--now'] or enabled.returncode != 0:
        return 1
    unit = dict(re.findall(r'^(\w+)=(.*)$', pathlib.Path(UNIT).read_text(encoding='utf-8'), re.M))
    run(f'install -d -m {unit["RuntimeDirectoryMode"]} -o {unit["User"]} -g {unit["Group"]} /run/{unit["RuntimeDirectory"]}')
    with open('/tmp/desk.log', 'wb') as log:
        subprocess.Popen(['sudo', '-u', unit['User'], 'sh', '-c', f'umask {unit["UMask"]}; exec {unit["ExecStart"]}'],
                         stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    return 0


def commands():
    section = re.search(r'^## Set it up\n(.*?)^## ', (TOP / 'README.md').read_text(encoding='utf-8'), re.M | re.S).group(1)
    for block in re.findall(r'^```sh\n(.*?)^```', section, re.M | re.S):
        yield from (line for line in block.splitlines() if line.strip())


def readme():
    for line in commands():
        done = run(line)
        wanted = next((status for words, status in STATUS.items() if words in line), 0)
        ok(done.returncode == wanted, line.split('  #')[0].strip(), f'status {done.returncode}, not {wanted}\n{done.stdout}')


def is_mode(path, mode, owner):
    found = os.stat(path)
    return stat.S_IMODE(found.st_mode) == mode and found.st_uid == int(run(f'id -u {owner}').stdout)


def what_stands_then():
    ok(is_mode('/etc/shouwen/secrets', 0o700, 'shouwen'), 'secrets are for the desk alone', os.listdir('/etc/shouwen/secrets'))
    done = run('sudo -u shouwen shouwen check')
    ok(done.returncode == 0, 'the example, changed as the README says, has no mistake', done.stdout)
    log = pathlib.Path('/tmp/desk.log')
    for _ in range(200):
        if 'at=start' in log.read_text(encoding='utf-8'):
            break
        time.sleep(0.05)
    ok('at=start' in log.read_text(encoding='utf-8'), 'the service runs as its unit says', log.read_text(encoding='utf-8'))
    ok(is_mode('/var/lib/shouwen/shouwen.db', 0o600, 'shouwen'), 'its store is for itself alone', run('ls -la /var/lib/shouwen').stdout)
    run('useradd --groups shouwen clerk; useradd stranger')
    done = run('sudo -u clerk shouwen list')
    ok(done.returncode == 0, 'people of the group may look at cases', done.stdout)
    done = run('sudo -u stranger shouwen list')
    ok(done.returncode != 0, 'others may not', done.stdout)
    done = run('sudo -u clerk cat /etc/shouwen/secrets/token_key /var/lib/shouwen/shouwen.db')
    ok(done.returncode != 0 and 'Permission denied' in done.stdout, 'and nobody else reads secrets and store', done.stdout)
    pathlib.Path('/tmp/day.jsonl').write_text('{"at": "2026-11-23T09:00:00+08:00", "sms": {"from": "13900139001", "to": "10690001", '
                                              '"text": "厨房漏水"}}\n')
    done = run('sudo -u shouwen shouwen simulate /tmp/day.jsonl')
    ok(done.returncode == 0 and '"template":"ack' in done.stdout, 'rules can be tried on a script', done.stdout)
    done = run('sudo -u shouwen shouwen verify')
    ok(done.returncode == 0, 'the record can be verified', done.stdout)
    done = run('ls /usr/share/man/man8/shouwend.8 /usr/share/man/man1/shouwen.1 /usr/share/man/man5/shouwen.conf.5')
    ok(done.returncode == 0, 'the man pages are where man looks', done.stdout)


def the_unit():
    lines = pathlib.Path(UNIT).read_text(encoding='utf-8').splitlines()
    ok('StartLimitIntervalSec=0' in lines and 'Restart=always' in lines, 'a desk that dies over and over is started again', lines)
    ok('RestartPreventExitStatus=78' in lines and not any(line.startswith('ExecStartPre=') for line in lines),
       'but not one whose settings have a mistake: the desk itself says so', lines)
    if not shutil.which('systemd-analyze'):
        print('# no systemd-analyze here: the unit is not looked at')
        return
    done = run(f'systemd-analyze verify {UNIT}')
    ok(done.returncode == 0 and done.stdout == '', 'systemd finds nothing wrong in the unit', done.stdout)
    done = run(f'systemd-analyze security --offline=yes --no-pager --threshold=15 {UNIT}')
    ok(done.returncode == 0, 'its exposure is at most 1.5 of 10', done.stdout)


def inside():
    os.environ['PATH'] = f'{SHIMS}:/usr/sbin:/usr/bin:/sbin:/bin'
    make_tools()
    readme()
    what_stands_then()
    the_unit()
    plan()
    return 0


if __name__ == '__main__':
    if sys.argv[1:2] == ['--inside']:
        sys.exit(inside())
    if sys.argv[1:2] == ['--edit']:
        sys.exit(edit(sys.argv[2]))
    if sys.argv[1:2] == ['--systemctl']:
        sys.exit(systemctl(sys.argv[2:]))
    sys.exit(outside())
