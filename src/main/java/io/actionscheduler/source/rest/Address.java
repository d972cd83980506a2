package io.actionscheduler.source.rest;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.text.Quoted;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address at a service, {@code http} or {@code https}. */
record Address(URI uri) {
  private static final Pattern SERVER =
      Pattern.compile("(?<host>\\[[^]]*]|[^:@\\[\\]]+)(:(?<port>[0-9]{0,5}))?");

  Address {
    requireNonNull(uri, "uri is null");
  }

  /** Resolves {@code reference}, relative or absolute, from this address. */
  Address resolve(String reference) throws ServiceFault {
    try {
      URI to = uri.resolve(reference.strip());
      Address address = new Address(to);
      boolean web = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
      if (web && to.getRawAuthority() != null && address.server().matches()) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw ServiceFault.unavailable(elsewhere(reference), e);
    }
    throw ServiceFault.unavailable(elsewhere(reference));
  }

  /** The path and query of {@code other} at this server. */
  Address withPathOf(Address other) {
    String query = other.uri.getRawQuery() == null ? "" : "?" + other.uri.getRawQuery();
    String path = other.uri.getRawPath() == null ? "" : other.uri.getRawPath();
    return new Address(URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + query));
  }

  private static String elsewhere(String reference) {
    return "leads to " + Quoted.quote(reference) + ", which is not an address";
  }

  /** Whether both are at the same server, so that secrets may be sent to both. */
  boolean isSameServer(Address other) {
    return origin().equals(other.origin()) || isUpgradedTo(other);
  }

  /** From {@code http} to {@code https}, both at their usual ports. */
  private boolean isUpgradedTo(Address other) {
    return origin().equals("http://" + host() + ":80")
        && other.origin().equals("https://" + host() + ":443");
  }

  private String origin() {
    return uri.getScheme() + "://" + host() + ":" + port();
  }

  private String host() {
    Matcher server = server();
    return server.matches() ? server.group("host").toLowerCase(Locale.ROOT) : "";
  }

  private int port() {
    Matcher server = server();
    String port = server.matches() && server.group("port") != null ? server.group("port") : "";
    return !port.isEmpty() ? Integer.parseInt(port) : uri.getScheme().equals("https") ? 443 : 80;
  }

  private Matcher server() {
    return SERVER.matcher(uri.getRawAuthority());
  }

  /**
   * A request for what is here.
   *
   * @throws UnknownHostException where the name of the server has to be looked up here
   */
  HttpRequest.Builder request() throws UnknownHostException {
    if (uri.getHost() != null) {
      return HttpRequest.newBuilder(uri);
    }
    // A name such as rest_service, usual among containers, is no valid host for java.net.URI: it is
    // resolved here, and sent in the Host header. See Main for the header.
    InetAddress address = InetAddress.getByName(IDN.toASCII(host()));
    String literal = address.getHostAddress();
    String at = literal.contains(":") ? "[" + literal + "]" : literal;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return HttpRequest.newBuilder(
            URI.create(uri.getScheme() + "://" + at + ":" + port() + path + query))
        .setHeader("Host", IDN.toASCII(uri.getRawAuthority()));
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
