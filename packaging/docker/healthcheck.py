"""Asks the scheduler in this container whether it lives; for the health check of the image.

The port is 8000, or HTTP__PORT; where plain HTTP gets no answer, TLS is tried, whatever the name in the certificate.
A scheduler without the HTTP API does not listen there: that is no fault.
"""

import http.client
import os
import ssl
import sys

port = int(os.environ.get("HTTP__PORT") or 8000)


def ask(connection):
    connection.request("GET", "/health")
    return connection.getresponse().status


try:
    try:
        status = ask(http.client.HTTPConnection("127.0.0.1", port, timeout=2))
    except ConnectionRefusedError:
        raise
    except (OSError, http.client.HTTPException):
        tls = ssl.create_default_context()
        tls.check_hostname = False
        tls.verify_mode = ssl.CERT_NONE
        status = ask(http.client.HTTPSConnection("127.0.0.1", port, timeout=2, context=tls))
except ConnectionRefusedError:
    print("no HTTP API on port %d" % port)
    sys.exit(0)
except (OSError, http.client.HTTPException) as fault:
    print("no answer on port %d: %s" % (port, fault))
    sys.exit(1)
print("/health answers %d" % status)
sys.exit(0 if status == 200 else 1)
