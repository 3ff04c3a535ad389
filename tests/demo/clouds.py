#!/usr/bin/python3
"""Two gateways of the played day, each answering with the bodies that its maker documents: a cloud of the mainland that sends
nothing but approved templates and hands each reply out once (Tencent), and an Android phone (SMSGate).

usage: clouds.py DIR SECRET     reads DIR/env, writes DIR/clouds.port
The stories say what owners write (POST /play) and look at the phones (GET /play?after=N)."""
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import sys
import threading
import time
import urllib.parse
import urllib.request

# As the cloud's console shows them; the signature is put in front by the cloud.
TEMPLATES = {'2210001': '【翠湖物业】您好，您的事项{1}已登记，我们会尽快答复您。',
             '2210002': '【翠湖物业】您好，您的事项{1}有新答复，请查看邮箱或致电{2}。',
             '2210003': '【翠湖物业】您好，您的事项{1}有新进展，请致电{2}。',
             '2210004': '【翠湖物业】险情已收到，已通知值班。请先到安全处，疑燃气勿开关电器勿用明火，危及生命先拨119/120。',
             '2210005': '【翠湖物业】紧急事项{1}，请立即处理，回复1表示已知悉，详情见邮件。',
             '2210006': '【翠湖物业】已退订，本号码不再收到短信，回复“恢复”可重新接收。'}
SIGNING_KEY = 'phone-signing-key'
lock = threading.Lock()
received, replies, reports, messages = [], [], [], []


def push(path, document, headers=None):
    body = json.dumps(document).encode()
    request = urllib.request.Request(f'http://127.0.0.1:{DESK_PORT}/sms/{path}', body,
                                     {'Content-Type': 'application/json', **(headers(body) if headers else {})})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.status


def later(*call):
    """After the answer to the request that brings it about."""
    threading.Timer(0.05, push, call).start()


def signed(body):
    now = str(int(time.time()))
    return {'X-Timestamp': now, 'X-Signature': hmac.new(SIGNING_KEY.encode(), body + now.encode(), hashlib.sha256).hexdigest()}


def webhook(event, **payload):
    return (f'phone/{SECRET}/{"mo" if event == "sms:received" else "dlr"}',
            {'id': 'evt', 'webhookId': 'w', 'deviceId': 'd', 'event': event, 'payload': payload}, signed)


# ---- the cloud ----

def send_sms(ask):
    serial = f'2640:{len(received)}'
    text = TEMPLATES[ask['TemplateId']]
    for place, value in enumerate(ask['TemplateParamSet'], 1):
        text = text.replace(f'{{{place}}}', value)
    phone = ask['PhoneNumberSet'][0]
    received.append({'to': phone, 'text': text})
    reports.append({'SerialNo': serial, 'ReportStatus': 'SUCCESS', 'Description': 'DELIVRD', 'SessionContext': ask['SessionContext']})
    later(f'cloud/{SECRET}/dlr', [{'mobile': phone[3:], 'nationcode': '86', 'report_status': 'SUCCESS', 'errmsg': 'DELIVRD', 'sid': serial}])
    return {'SendStatusSet': [{'SerialNo': serial, 'PhoneNumber': phone, 'Fee': 1, 'SessionContext': ask['SessionContext'], 'Code': 'Ok',
                               'Message': 'send success', 'IsoCode': 'CN'}]}


def hand_out(name, queue):
    listed, queue[:] = list(queue), []
    return {name: listed}


CLOUD = {'SendSms': send_sms, 'PullSmsReplyStatus': lambda _: hand_out('PullSmsReplyStatusSet', replies),
         'PullSmsSendStatus': lambda _: hand_out('PullSmsSendStatusSet', reports)}


# ---- the Android phone ----

def take_message(ask):
    phone, text = ask['phoneNumbers'][0], ask['textMessage']['text']
    if any(message['id'] == ask['id'] for message in messages):
        return 409, {'message': 'message with such id already exists'}
    received.append({'to': phone, 'text': text})
    messages.append({'id': ask['id'], 'state': 'Delivered', 'recipients': [{'phoneNumber': phone, 'state': 'Delivered'}]})
    later(*webhook('sms:delivered', messageId=ask['id'], phoneNumber=phone))
    return 202, {'id': ask['id'], 'state': 'Pending', 'recipients': [{'phoneNumber': phone, 'state': 'Pending'}]}


# ---- the owners ----

def play(ask):
    if ask['gateway'] == 'cloud':
        replies.append({'ExtendCode': '', 'CountryCode': '86', 'PhoneNumber': ask['from'], 'SignName': '翠湖物业', 'ReplyContent': ask['text'],
                        'ReplyTime': int(time.time()), 'SubscriberNumber': ask['from'][3:]})
    else:
        later(*webhook('sms:received', messageId=f'in{len(ask["text"])}{ask["from"]}', message=ask['text'], sender=ask['from'], phoneNumber=ask['from'],
                       recipient='+8613900139000', simNumber=1, receivedAt=time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())))
    return 200, {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def reply(self, status, document):
        body = json.dumps(document, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        ask = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        with lock:
            if self.path == '/play':
                self.reply(*play(ask))
            elif self.path == '/phone/messages':
                self.reply(*take_message(ask))
            elif self.headers.get('Authorization', '').startswith('TC3-HMAC-SHA256 Credential='):
                self.reply(200, {'Response': {**CLOUD[self.headers['X-TC-Action']](ask), 'RequestId': 'r'}})
            else:
                self.reply(200, {'Response': {'Error': {'Code': 'AuthFailure.SignatureFailure', 'Message': 'no signature'}, 'RequestId': 'r'}})

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        fields = dict(urllib.parse.parse_qsl(url.query))
        with lock:
            if url.path == '/play':
                self.reply(200, received[int(fields['after']):])
            else:
                self.reply(200, messages[int(fields.get('offset', 0)):])

    def log_message(self, *_):
        pass


if __name__ == '__main__':
    folder, SECRET = pathlib.Path(sys.argv[1]), sys.argv[2]
    DESK_PORT = dict(line.split('=', 1) for line in (folder / 'env').read_text().split())['DESK_PORT']
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    (folder / 'clouds.new').write_text(str(server.server_port))
    os.rename(folder / 'clouds.new', folder / 'clouds.port')
    server.serve_forever()
