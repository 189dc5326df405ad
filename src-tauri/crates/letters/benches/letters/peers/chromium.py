"""Prints HTML files to PDF in one headless browser: chromium.py CHROMIUM FOLDER. Speaks to it through two pipes."""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile


def main(chromium, folder):
    to_browser, mine = os.pipe()
    theirs, from_browser = os.pipe()

    def connect():
        # The browser reads what it shall do from descriptor 3 and answers on 4.
        saved = os.dup(to_browser), os.dup(from_browser)
        os.dup2(saved[0], 3)
        os.dup2(saved[1], 4)

    with tempfile.TemporaryDirectory() as profile:
        browser = subprocess.Popen(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={profile}"],
            preexec_fn=connect, close_fds=False, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        answers, count = os.fdopen(theirs, "rb"), 0
        waiting = b""

        def receive():
            nonlocal waiting
            while b"\0" not in waiting:
                part = os.read(theirs, 1 << 16)
                if not part:
                    sys.exit("the browser ended")
                waiting += part
            message, waiting = waiting.split(b"\0", 1)
            return json.loads(message)

        def call(method, session=None, until=None, **parameters):
            nonlocal count
            count += 1
            message = {"id": count, "method": method, "params": parameters}
            if session:
                message["sessionId"] = session
            os.write(mine, json.dumps(message).encode() + b"\0")
            result, seen = None, until is None
            while result is None or not seen:
                answer = receive()
                seen = seen or answer.get("method") == until
                if answer.get("id") == count:
                    if "error" in answer:
                        sys.exit(str(answer["error"]))
                    result = answer["result"]
            return result

        target = call("Target.createTarget", url="about:blank")["targetId"]
        session = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        call("Page.enable", session)
        for page in sorted(pathlib.Path(folder).glob("*.html")):
            call("Page.navigate", session, until="Page.loadEventFired", url=page.resolve().as_uri())
            pdf = call("Page.printToPDF", session, preferCSSPageSize=True, generateTaggedPDF=True)["data"]
            page.with_suffix(".pdf").write_bytes(base64.b64decode(pdf))
        os.write(mine, json.dumps({"id": 0, "method": "Browser.close"}).encode() + b"\0")
        browser.wait()
        answers.close()


main(*sys.argv[1:])
