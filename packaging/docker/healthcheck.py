"""Asks the scheduler in this container whether it lives; for the health check of the image.

The port is 8000, or HTTP__PORT. A scheduler without the HTTP API does not listen there: that is no fault.
"""

import http.client
import os
import sys

port = int(os.environ.get("HTTP__PORT") or 8000)
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
try:
    connection.request("GET", "/health")
    status = connection.getresponse().status
except ConnectionRefusedError:
    print("no HTTP API on port %d" % port)
    sys.exit(0)
except OSError as fault:
    print("no answer on port %d: %s" % (port, fault))
    sys.exit(1)
print("/health answers %d" % status)
sys.exit(0 if status == 200 else 1)
