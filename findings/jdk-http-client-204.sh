#!/usr/bin/env bash
# The JDK's HttpClient and answers with status 204: a length or a transfer coding in the head hides the status.
#
# A server has carried out a request and answers 204 with "Content-Length: 2" or "Transfer-Encoding: chunked". That breaks RFC 9110,
# 8.6 and RFC 9112, 6.1, and is common: frameworks add such headers to every answer. The status is there, and
# the connection could simply be closed behind it. On JDK 17 and 25 the client reports no status at all, but
#
#   java.io.IOException: unexpected content length header with 204 response
#
# (for both), so that who retries does the work again. A 204 with "Content-Length: 0" gives its status. Apache HttpClient 5.6.5
# (Maven Central) gives it in all three cases.
#
# Needs bash, a JDK 17 or 25 (JAVA_HOME, or the java in the PATH) and mvn. Installs into a temporary folder only. Ends with 0 when all is as stated
# above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
cat > pom.xml <<'E'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.httpcomponents.client5</groupId><artifactId>httpclient5</artifactId><version>5.6.5</version></dependency></dependencies></project>
E
mvn -B -q dependency:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat > Answers.java <<'E'
import java.io.*; import java.net.*; import java.net.http.*; import java.util.*;
import org.apache.hc.client5.http.classic.methods.HttpGet; import org.apache.hc.client5.http.impl.classic.HttpClients;

class Answers {
  static final Map<String, String> ANSWERS = new LinkedHashMap<>();
  static { // name, and the answer as it is on the wire
    ANSWERS.put("204, Content-Length: 0", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
    ANSWERS.put("204, Content-Length: 2", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok");
    ANSWERS.put("204, Transfer-Encoding: chunked", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  }

  public static void main(String[] args) throws Exception {
    System.out.println("JDK " + Runtime.version().feature());
    for (var each : ANSWERS.entrySet()) {
      System.out.println(each.getKey() + " | " + seen(each.getValue(), Answers::jdk) + " | " + seen(each.getValue(), Answers::apache));
    }
    System.exit(0);
  }

  interface Client { String status(String url) throws Exception; }

  static String jdk(String url) throws Exception {
    return "" + HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  static String apache(String url) throws Exception {
    try (var client = HttpClients.createMinimal()) { return client.execute(new HttpGet(url), response -> "" + response.getCode()); }
  }

  /** The status that a client sees, or the exception that it throws instead. */
  static String seen(String answer, Client client) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> {
        try (Socket socket = server.accept()) {
          socket.getInputStream().read(new byte[8192]);
          socket.getOutputStream().write(answer.getBytes());
          socket.getOutputStream().flush();
          while (socket.getInputStream().read() >= 0) { }
        } catch (IOException e) { }
      });
      thread.start();
      try { return client.status("http://127.0.0.1:" + server.getLocalPort() + "/"); }
      catch (IOException e) { return e.getClass().getName() + ": " + e.getMessage(); }
    }
  }
}
E
"$java" -cp 'lib/*' Answers.java 2> err > seen || { cat err; exit 1; }
cat seen
tail -n +2 seen > answers
cat > stated <<'E'
204, Content-Length: 0 | 204 | 204
204, Content-Length: 2 | java.io.IOException: unexpected content length header with 204 response | 204
204, Transfer-Encoding: chunked | java.io.IOException: unexpected content length header with 204 response | 204
E
diff stated answers > difference || { echo 'changed:'; cat difference; exit 1; }
