"""The same agent as a command: one JSON message a line in, one answer a line out."""

import json
import sys

for line in sys.stdin:
    message = json.loads(line)
    answer = {"report": {}, "act": "comply"}
    if message["move"] == "respond":
        answer = {"accept": message["proposal"]["gain"] > 0}
    print(json.dumps(answer), flush=True)
