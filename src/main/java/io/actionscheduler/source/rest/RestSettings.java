package io.actionscheduler.source.rest;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.template.JsonTemplate;
import io.actionscheduler.template.Template;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A REST service that lists actions.
 *
 * @param name of the source: {@code rest}, or the one under {@code rest.sources}
 * @param prefix of its keys in messages: {@code rest} or {@code rest.sources.billing}
 * @param list where the actions are listed
 * @param period between two reads
 */
public record RestSettings(
    String name,
    String prefix,
    URI list,
    Duration period,
    Access access,
    Entries entries,
    Optional<Report> report) {

  /**
   * How the service is asked.
   *
   * @param header that carries the token
   * @param token empty: nothing is sent
   * @param tries of one read; 1 or more
   * @param between two tries
   * @param timeout of one request, from the connection to the last byte
   * @param maxPages of one answer; 1 or more
   * @param maxBytes of one answer, all its pages together
   * @param ignoresNextHost whether of the address of a next page only path and query count
   */
  public record Access(
      String header,
      Optional<String> token,
      int tries,
      Duration between,
      Duration timeout,
      int maxPages,
      int maxBytes,
      boolean ignoresNextHost) {
    public Access {
      requireNonNull(header, "header is null");
      requireNonNull(token, "token is null");
      requireNonNull(between, "between is null");
      requireNonNull(timeout, "timeout is null");
    }

    private Access once() {
      return new Access(header, token, 1, between, timeout, maxPages, maxBytes, ignoresNextHost);
    }

    @Override
    public String toString() {
      return "Access to " + header; // the token is secret
    }
  }

  /**
   * What the entries of the list mean.
   *
   * @param fields names of an entry's fields, by what they are: {@code id}, {@code cron} …
   * @param zone of schedules that name none
   * @param mergeMissed of entries that do not say
   * @param actualityTime of entries that do not say: seconds, negative for ever
   * @param callbacks of entries that name none; never empty
   */
  public record Entries(
      Map<String, String> fields,
      ZoneId zone,
      boolean mergeMissed,
      long actualityTime,
      List<String> callbacks) {
    public Entries {
      fields = Map.copyOf(fields);
      requireNonNull(zone, "zone is null");
      callbacks = List.copyOf(callbacks);
    }
  }

  /**
   * How the result of a run is reported to the service.
   *
   * @param address made of {@code RunFacts}, as is the body
   * @param body empty: a document with everything
   */
  public record Report(String method, Template address, Optional<JsonTemplate> body) {
    public Report {
      requireNonNull(method, "method is null");
      requireNonNull(address, "address is null");
      requireNonNull(body, "body is null");
    }
  }

  public RestSettings {
    requireNonNull(name, "name is null");
    requireNonNull(prefix, "prefix is null");
    requireNonNull(list, "list is null");
    requireNonNull(period, "period is null");
    requireNonNull(access, "access is null");
    requireNonNull(entries, "entries is null");
    requireNonNull(report, "report is null");
  }

  /** The same service, asked only once for each read: a person waits for the answer. */
  public RestSettings askedOnce() {
    return new RestSettings(name, prefix, list, period, access.once(), entries, report);
  }
}
